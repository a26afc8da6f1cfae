import type { CliCommand } from '../cli-command.ts'
import { eachJob } from '../each-job.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk archive ID...`: completed and cancelled jobs are kept until they are released. */
export const archiveCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<ids...>', 'ids or uuids of completed or cancelled jobs')
      .addHelpText(
        'after',
        '\nKept whole: row, payload, result, lines and attempts. See them with: stellwerk jobs --archived\n\nExample:\n  stellwerk archive 17 18',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, ({ stellwerk }) =>
      eachJob(invocation, { verb: 'archived', act: (ref) => stellwerk.archive(ref) }),
    ),
}
