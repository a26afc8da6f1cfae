import type { JobState } from '../../domain/job/job-state.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { durationOf, textFlag } from '../read-flags.ts'
import { runBulk } from '../run-bulk.ts'

/** `stellwerk flush`: deletes every failed job, or those that failed long enough ago. */
export const flushCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--older-than <duration>', "only jobs that failed longer ago, such as '7d'")
      .option('--dry-run', 'say how many, and change nothing')
      .option('-y, --yes', 'do not ask')
      .addHelpText('after', '\nExample:\n  stellwerk flush --older-than 7d')
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const olderThan = textFlag(invocation.flags, 'olderThan')
      const selection =
        olderThan === undefined ? {} : { failedTo: (await stellwerk.now()) - durationOf('--older-than', olderThan) }
      const action = {
        verb: 'delete',
        past: 'deleted',
        touches: (state: JobState) => state === 'failed',
        one: (ref: string) => stellwerk.forget(ref),
        many: (chosen: Parameters<typeof stellwerk.forgetFailed>[0]) => stellwerk.forgetFailed(chosen),
      }
      return runBulk(invocation, stellwerk, { chosen: { refs: [], selections: [selection] }, action })
    }),
}
