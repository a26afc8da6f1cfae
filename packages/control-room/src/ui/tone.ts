import type { Job } from '../../../stellwerk/src/http/schemas/job.ts'
import type { QueueStatus } from '../../../stellwerk/src/http/schemas/queue.ts'
import type { Worker } from '../../../stellwerk/src/http/schemas/worker.ts'
import type { VerdictState } from './verdict-state.ts'

/** A family of colours: text, tint, solid. The class `tone-<name>` gives them to an element. */
export type Tone = 'pending' | 'processing' | 'completed' | 'failed' | 'retrying' | 'scheduled' | 'cancelled' | 'lost'

/** The colours of a job's state. */
export const jobTones: Readonly<Record<Job['state'], Tone>> = {
  scheduled: 'scheduled',
  pending: 'pending',
  blocked: 'scheduled',
  processing: 'processing',
  retrying: 'retrying',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** The colours of a queue's status. */
export const queueTones: Readonly<Record<QueueStatus, Tone>> = {
  idle: 'cancelled',
  running: 'processing',
  waiting: 'pending',
  stuck: 'lost',
}

/** The colours of a worker. */
export const workerTones: Readonly<Record<Worker['status'], Tone>> = {
  starting: 'processing',
  active: 'completed',
  idle: 'pending',
  paused: 'cancelled',
  draining: 'retrying',
  stopped: 'cancelled',
  failed: 'failed',
  lost: 'lost',
}

/** The colours of the verdict. */
export const verdictTones: Readonly<Record<VerdictState, Tone>> = {
  quiet: 'completed',
  attention: 'pending',
  degraded: 'retrying',
  down: 'failed',
}
