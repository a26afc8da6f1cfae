import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'
import type { QueueList } from '../../../../stellwerk/src/http/schemas/queue.ts'
import type { LiveTopic } from './use-live.ts'

/** The first page, and what the tab's title says on every page. */
export const overviewTopic: LiveTopic<Overview> = { topic: 'overview', path: '/overview', pollMs: 5_000 }

/** Every queue. */
export const queuesTopic: LiveTopic<QueueList> = { topic: 'queues', path: '/queues', pollMs: 5_000 }
