import { jobStates } from '../../domain/job/job-state.ts'
import type { JobFilter } from '../../storage/job-store.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { integerOf, textFlag, wordOf } from '../read-flags.ts'
import { writeJobPage } from '../write-jobs.ts'

/** `stellwerk jobs`: a page of jobs of every state, newest first. */
export const jobsCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--state <states>', `one or more of ${jobStates.join(', ')}, between commas`)
      .option('--queue <name>', 'only jobs of this queue')
      .option('--type <name>', 'only jobs of this type')
      .option('--archived', 'only archived jobs')
      .option('--limit <number>', 'jobs on the page, 1 to 200', '50')
      .option('--before <id>', 'only jobs with a lower id: the next page')
      .addHelpText(
        'after',
        '\nExamples:\n  stellwerk jobs --state failed,retrying\n  stellwerk jobs --type send-email --limit 10 --json\n  stellwerk jobs --archived',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      writeJobPage(invocation.output, await stellwerk.jobs(readJobFilter(invocation.flags)))
      return 0
    }),
}

/** The filter that options of a list of jobs name. @throws OPTION_INVALID */
export function readJobFilter(flags: Readonly<Record<string, unknown>>): JobFilter {
  const [state, queue, type, before] = ['state', 'queue', 'type', 'before'].map((key) => textFlag(flags, key))
  return {
    limit: integerOf('--limit', textFlag(flags, 'limit') ?? '50', [1, 200]),
    ...(state !== undefined && { states: state.split(',').map((word) => wordOf('--state', word.trim(), jobStates)) }),
    ...(flags['archived'] === true && { archived: true }),
    ...(queue !== undefined && { queue }),
    ...(type !== undefined && { type }),
    ...(before !== undefined && { beforeId: integerOf('--before', before, [1, Number.MAX_SAFE_INTEGER]) }),
  }
}
