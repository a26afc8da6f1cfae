import type { JobSummary } from '../../domain/job/job-record.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { showQueue } from '../show-queue.ts'
import { showTime } from '../show-time.ts'
import { showTries } from '../show-tries.ts'
import type { Column } from '../table.ts'
import { writeJobPage } from '../write-jobs.ts'
import { readJobFilter } from './jobs.ts'

const columns: readonly Column<JobSummary>[] = [
  { header: 'ID', text: (job) => String(job.id), align: 'right' },
  { header: 'TYPE', text: (job) => job.type, shrinks: true },
  { header: 'QUEUE', text: (job) => showQueue(job), shrinks: true },
  { header: 'FAILED', text: (job) => showTime(job.finishedAt) },
  { header: 'TRIES', text: (job) => showTries(job), align: 'right' },
  { header: 'KIND', text: (job) => job.failureKind ?? '', colour: () => 'red' },
  { header: 'ERROR', text: (job) => [job.errorClass, job.errorMessage].filter(Boolean).join(': '), shrinks: true },
]

/** `stellwerk failed`: failed jobs with what ended them, newest id first. They stay until a person deletes them. */
export const failedCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--queue <name>', 'only jobs of this queue')
      .option('--type <name>', 'only jobs of this type')
      .option('--limit <number>', 'jobs on the page, 1 to 200', '50')
      .option('--before <id>', 'only jobs with a lower id: the next page')
      .addHelpText('after', '\nExamples:\n  stellwerk failed --queue emails\n  stellwerk retry --all')
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const page = await stellwerk.jobs({ ...readJobFilter(invocation.flags), states: ['failed'] })
      writeJobPage(invocation.output, page, columns)
      return 0
    }),
}
