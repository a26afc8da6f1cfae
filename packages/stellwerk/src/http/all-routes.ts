import type { Route } from './route.ts'
import { deleteFailedJobsRoute, retryFailedJobsRoute } from './routes/act-on-failed-jobs.ts'
import { cancelJobRoute } from './routes/cancel-job.ts'
import { changePriorityRoute } from './routes/change-priority.ts'
import { countJobsRoute } from './routes/count-jobs.ts'
import { deleteJobRoute } from './routes/delete-job.ts'
import { getJobLogsRoute } from './routes/get-job-logs.ts'
import { getOverviewRoute } from './routes/get-overview.ts'
import { getQueueRoute } from './routes/get-queue.ts'
import { listFailedJobsRoute } from './routes/list-failed-jobs.ts'
import { listQueuesRoute } from './routes/list-queues.ts'
import { listStationsRoute } from './routes/list-stations.ts'
import { listTypesRoute } from './routes/list-types.ts'
import { retryJobRoute } from './routes/retry-job.ts'

/** Routes under `/api/v1`: router, description, tests and the browser's types come from this table. */
export const apiRoutes: readonly Route[] = [
  getOverviewRoute,
  listQueuesRoute,
  getQueueRoute,
  countJobsRoute,
  changePriorityRoute,
  deleteJobRoute,
  getJobLogsRoute,
  retryJobRoute,
  cancelJobRoute,
  listFailedJobsRoute,
  retryFailedJobsRoute,
  deleteFailedJobsRoute,
  listStationsRoute,
  listTypesRoute,
]

/** Routes beside the interface, right under the prefix of the mount. */
export const rootRoutes: readonly Route[] = []
