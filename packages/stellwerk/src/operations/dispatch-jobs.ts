import type { Actor } from '../domain/actor.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission, requireQueue } from './require-permission.ts'

/** Jobs that somebody wants dispatched. `types` are their names as they were given, for the record. */
export interface DispatchOrder {
  readonly types: readonly string[]
  /** Checks payloads and options. @throws what is wrong with them */
  readonly prepare: () => Promise<readonly NewJob[]>
  /** Stores jobs, all or none; resolves to their ids, in order. */
  readonly insert: (jobs: readonly NewJob[]) => Promise<readonly number[]>
}

const mostNames = 20

/** Whether dispatches of this actor are recorded. Those of the application and of handlers are its work, not a person's order. */
export function isDispatchRecorded({ kind }: Actor): boolean {
  return kind !== 'application' && kind !== 'station'
}

/** Dispatches for somebody: all or none, and one row of the audit log per call, whether it brings one job or a thousand. @throws PERMISSION_DENIED, and what the order throws */
export function dispatchJobs(deps: OperationDeps, order: DispatchOrder): Promise<readonly number[]> {
  const { types } = order
  if (!isDispatchRecorded(deps.actor)) return dispatchPermitted(deps, order)
  const target = types.length === 1 ? `a job of type ${types[0]}` : `${types.length} jobs`
  return audited(deps, { action: 'job:dispatch', target }, async (note) => {
    note({ after: { types: namesOf(types) } })
    const ids = await dispatchPermitted(deps, order, (jobs) => {
      note({ after: { types: namesOf(types), queues: namesOf(jobs.map(({ queue }) => queue)) } })
    })
    note({ ...(types.length === 1 && { target: `job ${ids[0]}` }), count: ids.length })
    return ids
  })
}

async function dispatchPermitted(
  deps: OperationDeps,
  { prepare, insert }: DispatchOrder,
  onPrepared: (jobs: readonly NewJob[]) => void = () => {},
): Promise<readonly number[]> {
  requirePermission(deps, 'job:dispatch')
  const jobs = await prepare()
  onPrepared(jobs)
  for (const { queue } of jobs) requireQueue(deps, queue)
  return await insert(jobs)
}

function namesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].slice(0, mostNames)
}
