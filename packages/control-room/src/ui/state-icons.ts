import {
  Ban,
  Check,
  Clock,
  Hourglass,
  Link2,
  LoaderCircle,
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
import type { StationCondition } from './tone.ts'
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

/** The icon of a station. */
export const stationIcons: Readonly<Record<StationCondition, LucideIcon>> = {
  active: Check,
  idle: Moon,
  lost: Unlink,
  stopped: Pause,
}

/** The icon of the verdict. */
export const verdictIcons: Readonly<Record<VerdictState, LucideIcon>> = {
  quiet: Check,
  attention: TriangleAlert,
  degraded: TriangleAlert,
  down: OctagonAlert,
}
