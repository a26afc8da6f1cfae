import type { Job } from '../../../stellwerk/src/http/schemas/job.ts'
import type { QueueStatus } from '../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Badge } from './badge.tsx'
import { jobIcons, queueIcons, stationIcons } from './state-icons.ts'
import { jobTones, queueTones, type StationCondition, stationTones } from './tone.ts'

/** The state of a job. */
export function StateBadge({ state }: { readonly state: Job['state'] }) {
  return <Badge tone={jobTones[state]} icon={jobIcons[state]} word={useMessages().states.job[state]} />
}

/** The status of a queue. */
export function QueueBadge({ status }: { readonly status: QueueStatus }) {
  return <Badge tone={queueTones[status]} icon={queueIcons[status]} word={useMessages().states.queue[status]} />
}

/** The condition of a station. */
export function StationBadge({ condition }: { readonly condition: StationCondition }) {
  return (
    <Badge
      tone={stationTones[condition]}
      icon={stationIcons[condition]}
      word={useMessages().states.station[condition]}
    />
  )
}
