import type { Route } from './route.ts'
import { deleteFailedJobsRoute, retryFailedJobsRoute } from './routes/act-on-failed-jobs.ts'
import { actOnJobsRoute } from './routes/act-on-jobs.ts'
import { archiveJobRoute } from './routes/archive-job.ts'
import { cancelJobRoute } from './routes/cancel-job.ts'
import { changePriorityRoute } from './routes/change-priority.ts'
import { healthRoute, liveRoute, readyRoute } from './routes/check-health.ts'
import { closeSessionRoute } from './routes/close-session.ts'
import { countJobsRoute } from './routes/count-jobs.ts'
import { deleteJobRoute } from './routes/delete-job.ts'
import { dispatchJobsRoute } from './routes/dispatch-jobs.ts'
import { getJobRoute } from './routes/get-job.ts'
import { getJobLogsRoute } from './routes/get-job-logs.ts'
import { getOpenapiRoute } from './routes/get-openapi.ts'
import { getOverviewRoute } from './routes/get-overview.ts'
import { getQueueRoute } from './routes/get-queue.ts'
import { getSessionRoute } from './routes/get-session.ts'
import { listAuditRoute } from './routes/list-audit.ts'
import { listFailedJobsRoute } from './routes/list-failed-jobs.ts'
import { listJobsRoute } from './routes/list-jobs.ts'
import { listOperationsRoute } from './routes/list-operations.ts'
import { listQueuesRoute } from './routes/list-queues.ts'
import { listStationsRoute } from './routes/list-stations.ts'
import { listTypesRoute } from './routes/list-types.ts'
import { getWorkerRoute, listWorkersRoute } from './routes/list-workers.ts'
import { changeMaintenanceRoute, getMaintenanceRoute } from './routes/maintenance.ts'
import { createTokenRoute, listTokensRoute, revokeTokenRoute } from './routes/manage-tokens.ts'
import { openSessionRoute } from './routes/open-session.ts'
import { openStreamRoute } from './routes/open-stream.ts'
import { listOrdersRoute, orderWorkersRoute } from './routes/order-workers.ts'
import { pauseQueueRoute, resumeQueueRoute } from './routes/pause-queue.ts'
import { readMetricsRoute } from './routes/read-metrics.ts'
import { releaseJobRoute } from './routes/release-job.ts'
import { retryJobRoute } from './routes/retry-job.ts'
import { scrapePrometheusRoute } from './routes/scrape-prometheus.ts'

/** Routes under `/api/v1`: router, description, tests and the browser's types come from this table. */
export const apiRoutes: readonly Route[] = [
  getSessionRoute,
  openSessionRoute,
  closeSessionRoute,
  getOverviewRoute,
  listQueuesRoute,
  getQueueRoute,
  pauseQueueRoute,
  resumeQueueRoute,
  getMaintenanceRoute,
  changeMaintenanceRoute,
  listJobsRoute,
  dispatchJobsRoute,
  countJobsRoute,
  actOnJobsRoute,
  getJobRoute,
  changePriorityRoute,
  deleteJobRoute,
  getJobLogsRoute,
  retryJobRoute,
  cancelJobRoute,
  archiveJobRoute,
  releaseJobRoute,
  listFailedJobsRoute,
  retryFailedJobsRoute,
  deleteFailedJobsRoute,
  listOperationsRoute,
  readMetricsRoute,
  listStationsRoute,
  listWorkersRoute,
  listOrdersRoute,
  orderWorkersRoute,
  getWorkerRoute,
  listTypesRoute,
  listAuditRoute,
  listTokensRoute,
  createTokenRoute,
  revokeTokenRoute,
  openStreamRoute,
  getOpenapiRoute,
]

/** Routes beside the interface, right under the prefix of the mount. */
export const rootRoutes: readonly Route[] = [liveRoute, readyRoute, healthRoute, scrapePrometheusRoute]
