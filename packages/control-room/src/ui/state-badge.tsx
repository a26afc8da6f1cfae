import { Pause } from 'lucide-react'
import type { Job } from '../../../stellwerk/src/http/schemas/job.ts'
import type { QueueStatus } from '../../../stellwerk/src/http/schemas/queue.ts'
import type { Worker } from '../../../stellwerk/src/http/schemas/worker.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Badge } from './badge.tsx'
import { jobIcons, queueIcons, workerIcons } from './state-icons.ts'
import { jobTones, queueTones, workerTones } from './tone.ts'

/** The state of a job. */
export function StateBadge({ state }: { readonly state: Job['state'] }) {
  return <Badge tone={jobTones[state]} icon={jobIcons[state]} word={useMessages().states.job[state]} />
}

/** The status of a queue. */
export function QueueBadge({ status }: { readonly status: QueueStatus }) {
  return <Badge tone={queueTones[status]} icon={queueIcons[status]} word={useMessages().states.queue[status]} />
}

/** That a queue is paused. */
export function PausedBadge() {
  return <Badge tone="cancelled" icon={Pause} word={useMessages().states.queue.paused} />
}

/** The status of a worker. */
export function WorkerBadge({ status }: { readonly status: Worker['status'] }) {
  return <Badge tone={workerTones[status]} icon={workerIcons[status]} word={useMessages().states.worker[status]} />
}
