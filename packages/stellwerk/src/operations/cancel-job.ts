import { StellwerkError } from '../domain/errors.ts'
import type { ChangeResult } from '../storage/job-store.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** What became of it. `told`: it runs, and its station was told; false = it waited, and is cancelled. */
export interface Cancellation {
  readonly id: number
  readonly told: boolean
}

/** A station that has not answered by then is gone; the wish stays with the job. */
const orderLifetimeMs = 60_000
/** A job may begin or end between two looks at it, but not for ever. */
const mostLooks = 5

/**
 * Cancels a waiting job at once. Of a running one its station is told: it aborts the signal, waits the grace, and ends the process that does not heed it; should
 * the station be gone, or the try end otherwise than completed or failed for good, the job is cancelled by that. @throws PERMISSION_DENIED, JOB_NOT_FOUND,
 *   JOB_NOT_WAITING when it has ended
 */
export function cancelJob(deps: OperationDeps, ref: number | string): Promise<Cancellation> {
  return audited(deps, { action: 'job:cancel', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:cancel')
    const { id, state } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: { state } })
    const result = await cancelOrTell(deps, id)
    if (!result.changed) throw notCancelled(id, result)
    note({ after: { state: result.told ? 'processing, to be cancelled' : 'cancelled' } })
    return { id, told: result.told }
  })
}

/** Cancels a job that waits, has the station told of one that runs. No permission is checked and nothing is recorded. */
export async function cancelOrTell(
  { store, actor }: OperationDeps,
  id: number,
): Promise<Extract<ChangeResult, { changed: false }> | { readonly changed: true; readonly told: boolean }> {
  for (let look = 1; ; look++) {
    const result = await store.jobs.cancel(id)
    if (result.changed) return { changed: true, told: false }
    if (result.state !== 'processing' || look === mostLooks) return result
    const claim = await store.jobs.requestCancel(id)
    if (claim === undefined) continue
    const to = { stationId: claim.stationId, pool: null, workerId: null, processes: null }
    const by = { byKind: actor.kind, byName: actor.name, lifetimeMs: orderLifetimeMs }
    await store.orders.give([{ kind: 'cancel_job', ...to, jobId: id, claimSeq: claim.claimSeq, ...by }])
    return { changed: true, told: true }
  }
}

function notCancelled(
  id: number,
  { reason, state }: { readonly reason: string; readonly state: string | null },
): StellwerkError {
  if (reason === 'absent') return jobNotFound(id)
  return new StellwerkError(
    'JOB_NOT_WAITING',
    `job ${id} is ${String(state)} already; only a waiting or running job can be cancelled`,
  )
}
