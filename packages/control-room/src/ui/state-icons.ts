import {
  Ban,
  Check,
  CircleStop,
  Clock,
  Hourglass,
  Link2,
  LoaderCircle,
  LogOut,
  type LucideIcon,
  Moon,
  OctagonAlert,
  OctagonX,
  Pause,
  RotateCw,
  TriangleAlert,
  Unlink,
} from 'lucide-react'
import type { Job } from '../../../stellwerk/src/http/schemas/job.ts'
import type { QueueStatus } from '../../../stellwerk/src/http/schemas/queue.ts'
import type { Worker } from '../../../stellwerk/src/http/schemas/worker.ts'
import type { VerdictState } from './verdict-state.ts'

/** The icon of a job's state. */
export const jobIcons: Readonly<Record<Job['state'], LucideIcon>> = {
  scheduled: Clock,
  pending: Hourglass,
  blocked: Link2,
  processing: LoaderCircle,
  retrying: RotateCw,
  completed: Check,
  failed: OctagonX,
  cancelled: Ban,
}

/** The icon of a queue's status. */
export const queueIcons: Readonly<Record<QueueStatus, LucideIcon>> = {
  idle: Moon,
  running: LoaderCircle,
  waiting: Hourglass,
  stuck: Unlink,
}

/** The icon of a worker. */
export const workerIcons: Readonly<Record<Worker['status'], LucideIcon>> = {
  starting: LoaderCircle,
  active: Check,
  idle: Moon,
  paused: Pause,
  draining: LogOut,
  stopped: CircleStop,
  failed: OctagonX,
  lost: Unlink,
}

/** The icon of the verdict. */
export const verdictIcons: Readonly<Record<VerdictState, LucideIcon>> = {
  quiet: Check,
  attention: TriangleAlert,
  degraded: TriangleAlert,
  down: OctagonAlert,
}
