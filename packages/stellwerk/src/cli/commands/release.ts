import type { CliCommand } from '../cli-command.ts'
import { eachJob } from '../each-job.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk release ID...`: archived jobs go the way of retention again. */
export const releaseCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<ids...>', 'ids or uuids of archived jobs')
      .addHelpText(
        'after',
        '\nRetention counts from the end of the job: one that is older than it goes within a minute.\n\nExample:\n  stellwerk release 17',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, ({ stellwerk }) =>
      eachJob(invocation, { verb: 'released', act: (ref) => stellwerk.release(ref) }),
    ),
}
