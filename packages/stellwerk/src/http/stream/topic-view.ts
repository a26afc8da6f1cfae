import type { Sample } from '../snapshots.ts'

/** A topic as one kind of viewer sees it. */
export interface TopicView {
  /** As the viewer named it. */
  readonly topic: string
  /** Equal for viewers who see the same: topic, permissions and queues. */
  readonly key: string
  /** Reads it anew. Rejects with JOB_NOT_FOUND, QUEUE_NOT_FOUND or WORKER_NOT_FOUND where there is nothing behind it. */
  readonly read: () => Promise<Sample>
  /** The store's time, ISO 8601. */
  readonly now: () => Promise<string>
}
