import type { WorkerStatistics } from '../domain/worker/worker-statistics.ts'
import { listWorkers } from './list-workers.ts'
import type { OperationDeps } from './operation-deps.ts'

/** All workers in figures, of one moment. @throws PERMISSION_DENIED */
export async function workerStatistics(deps: OperationDeps): Promise<WorkerStatistics> {
  return (await listWorkers(deps)).statistics
}
