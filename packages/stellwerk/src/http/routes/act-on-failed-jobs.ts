import { hasPermission } from '../../domain/actor.ts'
import { type BulkWatch, forgetFailed, retryFailed } from '../../operations/bulk-failed.ts'
import { countFailedSelection } from '../../operations/list-failed.ts'
import type { OperationDeps } from '../../operations/operation-deps.ts'
import { requirePermission } from '../../operations/require-permission.ts'
import type { FailedSelection } from '../../storage/failed-job-store.ts'
import { readSelection } from '../read-selection.ts'
import { defineRoute, type RouteDeps } from '../route.ts'
import { bulkOperationSchema } from '../schemas/bulk-operation.ts'
import {
  type FailedActionReport,
  type FailedSelectionRequest,
  failedActionReportSchema,
  failedActionRequestSchema,
} from '../schemas/failed-selection.ts'

/** As many jobs as one request changes; more go on after it was answered. */
const mostInRequest = 1_000

/** POST /failed-jobs/retry: failed jobs of a selection go back onto their queues. */
export const retryFailedJobsRoute = defineRoute({
  method: 'POST',
  path: '/failed-jobs/retry',
  permission: 'job:retry',
  summary: 'Put the failed jobs of a selection back onto their queues; more than 1,000 as an operation of the server',
  body: failedActionRequestSchema,
  response: failedActionReportSchema,
  accepted: bulkOperationSchema,
  errors: ['RATE_LIMITED'],
  handle: async (deps, { body }) => {
    requirePermission(deps, 'job:retry')
    return await actOnFailed(deps, body, { action: 'retry', run: retryFailed })
  },
})

/** POST /failed-jobs/delete: failed jobs of a selection are removed for good. */
export const deleteFailedJobsRoute = defineRoute({
  method: 'POST',
  path: '/failed-jobs/delete',
  permission: 'job:delete',
  summary: 'Remove the failed jobs of a selection for good; more than 1,000 as an operation of the server',
  body: failedActionRequestSchema,
  response: failedActionReportSchema,
  accepted: bulkOperationSchema,
  errors: ['RATE_LIMITED'],
  handle: async (deps, { body }) => {
    requirePermission(deps, 'job:delete')
    return await actOnFailed(deps, body, { action: 'delete', run: forgetFailed })
  },
})

interface FailedAct {
  readonly action: 'retry' | 'delete'
  readonly run: (deps: OperationDeps, selection: FailedSelection, watch?: BulkWatch) => Promise<number>
}

interface FailedActBody {
  readonly selection: FailedSelectionRequest
  readonly dryRun?: boolean | undefined
}

/** Counts on a trial; else changes few in the request, and many in the server, which answers 202 at once. */
async function actOnFailed(
  deps: RouteDeps,
  { selection: asked, dryRun = false }: FailedActBody,
  act: FailedAct,
): Promise<FailedActionReport | Response> {
  const selection = readSelection(asked)
  if (dryRun) return { matched: await countFailedSelection(deps, selection), changed: 0 }
  const matched = selection.ids === undefined ? await countWhereAllowed(deps, selection) : 0
  // Whatever matched was changed; what others changed meanwhile no longer matched.
  if (matched <= mostInRequest) {
    const changed = await act.run(deps, selection)
    return { matched: changed, changed }
  }
  return await goOn(deps, { selection: await boundToNow(deps, selection), matched }, act)
}

/** 0 for who may change failed jobs and not see them: what they do is done in the request, as many as there are. */
async function countWhereAllowed(deps: RouteDeps, selection: FailedSelection): Promise<number> {
  return hasPermission(deps.actor, 'job:read') ? await countFailedSelection(deps, selection) : 0
}

/** What fails from now on is not swept in. */
async function boundToNow(deps: RouteDeps, selection: FailedSelection): Promise<FailedSelection> {
  const end = (await deps.store.metrics.now()) + 1
  return { ...selection, failedTo: Math.min(end, selection.failedTo ?? end) }
}

async function goOn(
  deps: RouteDeps,
  { selection, matched }: { readonly selection: FailedSelection; readonly matched: number },
  { action, run }: FailedAct,
): Promise<Response> {
  const { actor, room, store, visit } = deps
  const operation = await room.bulk.start({
    action,
    actor,
    matched,
    now: async () => new Date(await store.metrics.now()).toISOString(),
    isStillAllowed: visit.isStillAllowed,
    run: (watch) =>
      run(deps, selection, {
        ...watch,
        onStep: (changed) => {
          watch.onStep(changed)
          room.samples.forget()
        },
      }),
  })
  return Response.json(operation, { status: 202, headers: { 'x-request-id': visit.requestId } })
}
