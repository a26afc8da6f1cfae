import type { JobState } from '../../domain/job/job-state.ts'
import type { Maintenance } from '../../domain/queue/queue-pause.ts'
import type { QueueOverview } from '../../operations/list-queues.ts'
import { readMaintenance } from '../../operations/set-maintenance.ts'
import { formatDuration } from '../../std/duration.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { showTime } from '../show-time.ts'
import { type Column, writeTable } from '../table.ts'
import { pauseJson } from './pause.ts'

const counted: readonly JobState[] = [
  'pending',
  'scheduled',
  'retrying',
  'blocked',
  'processing',
  'completed',
  'failed',
]

const columns: readonly Column<QueueOverview>[] = [
  { header: 'QUEUE', text: ({ queue }) => queue, shrinks: true },
  ...counted.map(
    (state): Column<QueueOverview> => ({
      header: state.toUpperCase(),
      text: ({ counts }) => String(counts[state]),
      align: 'right',
      colour: ({ counts }) => (state === 'failed' && counts.failed > 0 ? 'red' : counts[state] === 0 ? 'dim' : null),
    }),
  ),
  {
    header: 'STATUS',
    text: ({ status, paused }) => (paused === null ? status : 'paused'),
    colour: ({ status, paused }) =>
      paused !== null ? 'yellow' : status === 'stuck' ? 'red' : status === 'idle' ? 'dim' : null,
    spare: 1,
  },
  { header: '/MIN', text: ({ throughputPerMinute }) => pace(throughputPerMinute), align: 'right', spare: 2 },
  {
    header: 'FAIL %',
    text: ({ failureRatio }) => (failureRatio === null ? '' : pace(failureRatio * 100)),
    align: 'right',
    colour: ({ failureRatio }) => ((failureRatio ?? 0) > 0.05 ? 'red' : null),
    spare: 4,
  },
  { header: 'WAIT AVG', text: ({ averageWaitMs }) => shown(averageWaitMs), align: 'right', spare: 7 },
  { header: 'WAIT P95', text: ({ p95WaitMs }) => shown(p95WaitMs), align: 'right', spare: 5 },
  { header: 'STATIONS', text: ({ stations }) => String(stations), align: 'right', spare: 6 },
  {
    header: 'DRAIN',
    text: ({ counts, timeToDrainMs }) => (counts.pending === 0 ? '' : shown(timeToDrainMs)),
    align: 'right',
    spare: 3,
  },
  {
    header: 'OLDEST',
    text: ({ oldestWaitMs }) => (oldestWaitMs === null ? '' : formatDuration(oldestWaitMs)),
    align: 'right',
  },
]

function shown(ms: number | null): string {
  return ms === null ? '' : formatDuration(Math.round(ms))
}

/** Whole numbers once they are large enough to be read as such. */
function pace(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10)
}

/** `stellwerk queues`: counts by state, what it is doing, the pace, waits and failures of late, how long the oldest ready job waits, and types that nobody runs. */
export const queuesCommand: CliCommand = {
  configure: (command) => {
    command.addHelpText(
      'after',
      '\n/MIN and FAIL % are of the last 5 full minutes, retried runs included; WAIT of the last hour. DRAIN: how long what is pending takes at that pace.\nSTATUS: idle, running, waiting, paused, or stuck, where no live station runs what waits.',
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const { output } = invocation
      const queues = await stellwerk.queues()
      const { maintenance } = await readMaintenance(stellwerk.deps())
      if (output.json) output.value({ queues: queues.map(toQueueJson) })
      else {
        if (queues.length === 0) output.note('no queue holds a job yet')
        else writeTable(output, columns, queues)
        for (const note of [...holdNotes(queues, maintenance), ...unservedNotes(queues)]) output.note(safeLine(note))
      }
      return 0
    }),
}

/** Who holds jobs back, why, and until when. */
function holdNotes(queues: readonly QueueOverview[], maintenance: Maintenance | null): readonly string[] {
  const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`)
  return [
    ...(maintenance === null
      ? []
      : [`maintenance is on since ${showTime(maintenance.since)}, by ${maintenance.by}${because(maintenance.reason)}`]),
    ...queues.flatMap(({ queue, paused }) => {
      if (paused === null) return []
      const until = paused.until === null ? '' : `, until ${showTime(paused.until)}`
      return [
        `queue '${queue}' is paused since ${showTime(paused.since)} by ${paused.by}${until}${because(paused.reason)}`,
      ]
    }),
  ]
}

function unservedNotes(queues: readonly QueueOverview[]): readonly string[] {
  return queues.flatMap(({ queue, unservedTypes }) =>
    unservedTypes.map(
      (type) =>
        `queue '${queue}': jobs of type '${type}' wait and no live station runs them; start one with 'stellwerk work' that loads their definition`,
    ),
  )
}

function toQueueJson(queue: QueueOverview): object {
  return { ...queue, paused: queue.paused && pauseJson(queue.paused) }
}
