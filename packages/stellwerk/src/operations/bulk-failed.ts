import type { BulkProgress, BulkStep, FailedSelection } from '../storage/failed-job-store.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Jobs one transaction of a bulk action touches. */
const stepSize = 500

/** How many failed jobs a selection holds now: what a dry run answers. */
export function countFailed(deps: OperationDeps, selection: FailedSelection): Promise<number> {
  return deps.store.failedJobs.count(selection)
}

/** Retries every failed job of the selection, in steps; returns how many. Jobs that fail anew meanwhile are not touched twice. */
export function retryFailed(deps: OperationDeps, selection: FailedSelection): Promise<number> {
  return inSteps((step) => deps.store.failedJobs.retryNext(selection, step))
}

/** Removes every failed job of the selection, in steps; returns how many. */
export function forgetFailed(deps: OperationDeps, selection: FailedSelection): Promise<number> {
  return inSteps((step) => deps.store.failedJobs.forgetNext(selection, step))
}

async function inSteps(run: (step: BulkStep) => Promise<BulkProgress>): Promise<number> {
  let changed = 0
  let afterId = 0
  for (;;) {
    const progress = await run({ afterId, limit: stepSize })
    changed += progress.changed
    if (progress.lastId === null) return changed
    afterId = progress.lastId
  }
}
