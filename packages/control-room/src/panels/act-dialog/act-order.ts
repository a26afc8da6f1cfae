import type { JobActionReport, JobActionRequest } from '../../../../stellwerk/src/http/schemas/act-on-jobs.ts'
import type { BulkOperation } from '../../../../stellwerk/src/http/schemas/bulk-operation.ts'
import type {
  FailedActionReport,
  FailedSelectionRequest,
} from '../../../../stellwerk/src/http/schemas/failed-selection.ts'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import type { ApiClient } from '../../api/api-client.ts'

/** Jobs by id, or all failed jobs of a selection. */
export type ActTarget =
  | { readonly kind: 'jobs'; readonly ids: readonly string[] }
  | { readonly kind: 'failed'; readonly selection: FailedSelectionRequest }

/** Something to be done with jobs. */
export interface ActOrder {
  readonly action: JobAction
  readonly target: ActTarget
  /** For prioritize. */
  readonly priority?: number
  /** The job runs: to cancel it, its station is told. */
  readonly isRunning?: boolean
}

/** What was done, or would be. */
export interface ActReport {
  readonly changed: number
  /** Of each job that was left as it was: why. */
  readonly refused: readonly { readonly id: string; readonly code: string }[]
  /** It goes on in the server; nothing is known to be changed yet. */
  readonly operation?: BulkOperation
}

/** As many ids as one request takes. */
const idsAtOnce = 1_000

/** The permission that each action needs. */
export const actPermissions: Readonly<Record<JobAction, string>> = {
  retry: 'job:retry',
  cancel: 'job:cancel',
  delete: 'job:delete',
  prioritize: 'job:prioritize',
  archive: 'job:archive',
  release: 'job:archive',
}

/** Does it, or counts what it would do. @throws {ApiProblem} */
export async function act(client: ApiClient, order: ActOrder, dryRun: boolean): Promise<ActReport> {
  const { action, target } = order
  if (target.kind === 'failed') {
    const answer = await client.send<FailedActionReport | BulkOperation>(`/failed-jobs/${action}`, {
      method: 'POST',
      body: { selection: target.selection, dryRun },
    })
    if ('state' in answer) return { changed: 0, refused: [], operation: answer }
    return { changed: dryRun ? answer.matched : answer.changed, refused: [] }
  }
  const report = { changed: 0, refused: [] as JobActionReport['refused'] }
  for (let from = 0; from < target.ids.length; from += idsAtOnce) {
    const ids = target.ids.slice(from, from + idsAtOnce)
    const body: JobActionRequest = {
      action,
      ids,
      dryRun,
      ...(action === 'prioritize' ? { priority: order.priority ?? 0 } : {}),
    }
    const answer = await client.send<JobActionReport>('/jobs/actions', { method: 'POST', body })
    report.changed += answer.changed
    report.refused.push(...answer.refused)
  }
  return report
}

/** Refusals by their reason, the most frequent first. */
export function refusalsByReason({
  refused,
}: ActReport): readonly { readonly code: string; readonly ids: readonly string[] }[] {
  const groups = Map.groupBy(refused, ({ code }) => code)
  return [...groups]
    .map(([code, jobs]) => ({ code, ids: jobs.map(({ id }) => id) }))
    .toSorted((a, b) => b.ids.length - a.ids.length)
}

/** The priority that a text means, null where it is none. */
export function readPriority(text: string): number | null {
  const names: Readonly<Record<string, number>> = { low: -10, normal: 0, high: 10, critical: 20 }
  const trimmed = text.trim().toLowerCase()
  if (Object.hasOwn(names, trimmed)) return names[trimmed] ?? null
  const value = /^[+-]?\d{1,3}$/.test(trimmed) ? Number(trimmed) : Number.NaN
  return value >= -100 && value <= 100 ? value : null
}
