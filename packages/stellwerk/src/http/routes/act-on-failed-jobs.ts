import { forgetFailed, retryFailed } from '../../operations/bulk-failed.ts'
import { countFailedSelection } from '../../operations/list-failed.ts'
import type { OperationDeps } from '../../operations/operation-deps.ts'
import { requirePermission } from '../../operations/require-permission.ts'
import type { FailedSelection } from '../../storage/failed-job-store.ts'
import { readSelection } from '../read-selection.ts'
import { defineRoute } from '../route.ts'
import { failedActionReportSchema, failedActionRequestSchema } from '../schemas/failed-selection.ts'

/** POST /failed-jobs/retry: failed jobs of a selection go back onto their queues. */
export const retryFailedJobsRoute = defineRoute({
  method: 'POST',
  path: '/failed-jobs/retry',
  permission: 'job:retry',
  summary: 'Put the failed jobs of a selection back onto their queues',
  body: failedActionRequestSchema,
  response: failedActionReportSchema,
  errors: [],
  handle: async (deps, { body: { selection, dryRun = false } }) => {
    requirePermission(deps, 'job:retry')
    return dryRun ? await plan(deps, readSelection(selection)) : done(await retryFailed(deps, readSelection(selection)))
  },
})

/** POST /failed-jobs/delete: failed jobs of a selection are removed for good. */
export const deleteFailedJobsRoute = defineRoute({
  method: 'POST',
  path: '/failed-jobs/delete',
  permission: 'job:delete',
  summary: 'Remove the failed jobs of a selection for good',
  body: failedActionRequestSchema,
  response: failedActionReportSchema,
  errors: [],
  handle: async (deps, { body: { selection, dryRun = false } }) => {
    requirePermission(deps, 'job:delete')
    return dryRun
      ? await plan(deps, readSelection(selection))
      : done(await forgetFailed(deps, readSelection(selection)))
  },
})

async function plan(deps: OperationDeps, selection: FailedSelection): Promise<{ matched: number; changed: number }> {
  return { matched: await countFailedSelection(deps, selection), changed: 0 }
}

/** Whatever matched was changed; what others changed meanwhile no longer matched. */
function done(changed: number): { matched: number; changed: number } {
  return { matched: changed, changed }
}
