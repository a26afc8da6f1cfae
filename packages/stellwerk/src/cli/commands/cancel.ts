import type { CliCommand } from '../cli-command.ts'
import { eachJob } from '../each-job.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk cancel ID...`: waiting jobs will not run. */
export const cancelCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<ids...>', 'ids or uuids of waiting jobs')
      .addHelpText('after', '\nExample:\n  stellwerk cancel 17 18')
  },
  run: (invocation) =>
    withProject(invocation, {}, ({ stellwerk }) =>
      eachJob(invocation, { verb: 'cancelled', act: (ref) => stellwerk.cancel(ref) }),
    ),
}
