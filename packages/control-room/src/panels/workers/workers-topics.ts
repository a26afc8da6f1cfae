import type { WorkerDetail, WorkerList } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { LiveTopic } from '../../api/live/use-live.ts'

/** Every worker with its pool and station. */
export const workersTopic: LiveTopic<WorkerList> = { topic: 'workers', path: '/workers', pollMs: 5_000 }

/** One worker. */
export function workerTopic(id: string): LiveTopic<WorkerDetail> {
  return { topic: `worker:${id}`, path: `/workers/${encodeURIComponent(id)}`, pollMs: 2_000 }
}
