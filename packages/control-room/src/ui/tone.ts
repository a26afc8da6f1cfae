import type { Job } from '../../../stellwerk/src/http/schemas/job.ts'
import type { QueueStatus } from '../../../stellwerk/src/http/schemas/queue.ts'
import type { VerdictState } from './verdict-state.ts'

/** A family of colours: text, tint, solid. The class `tone-<name>` gives them to an element. */
export type Tone = 'pending' | 'processing' | 'completed' | 'failed' | 'retrying' | 'scheduled' | 'cancelled' | 'lost'

/** What a station is doing, in one word: alive with jobs, alive without, or not alive. */
export type StationCondition = 'active' | 'idle' | 'lost' | 'stopped'

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

/** The colours of a station. */
export const stationTones: Readonly<Record<StationCondition, Tone>> = {
  active: 'completed',
  idle: 'pending',
  lost: 'lost',
  stopped: 'cancelled',
}

/** The colours of the verdict. */
export const verdictTones: Readonly<Record<VerdictState, Tone>> = {
  quiet: 'completed',
  attention: 'pending',
  degraded: 'retrying',
  down: 'failed',
}
