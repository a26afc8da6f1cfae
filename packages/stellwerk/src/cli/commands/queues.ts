import type { JobState } from '../../domain/job/job-state.ts'
import type { QueueOverview } from '../../operations/list-queues.ts'
import { formatDuration } from '../../std/duration.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { type Column, writeTable } from '../table.ts'

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
    header: 'OLDEST',
    text: ({ oldestWaitMs }) => (oldestWaitMs === null ? '' : formatDuration(oldestWaitMs)),
    align: 'right',
  },
]

/** `stellwerk queues`: counts by state, how long the oldest ready job waits, and types that nobody runs. */
export const queuesCommand: CliCommand = {
  configure: () => {},
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const { output } = invocation
      const queues = await stellwerk.queues()
      if (output.json) output.value({ queues })
      else if (queues.length === 0) output.note('no queue holds a job yet')
      else writeTable(output, columns, queues)
      if (!output.json)
        for (const { queue, unservedTypes } of queues)
          for (const type of unservedTypes) {
            output.note(
              safeLine(
                `queue '${queue}': jobs of type '${type}' wait and no live station runs them; start one with 'stellwerk work' that loads their definition`,
              ),
            )
          }
      return 0
    }),
}
