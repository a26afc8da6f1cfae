import type { JobState } from '../../domain/job/job-state.ts'
import type { CliCommand } from '../cli-command.ts'
import { addSelectionOptions, readChosen } from '../failed-selection.ts'
import { withProject } from '../open-project.ts'
import { runBulk } from '../run-bulk.ts'

/** `stellwerk retry`: failed jobs go back onto their queues with a fresh budget; ids and history stay. */
export const retryCommand: CliCommand = {
  configure: (command) => {
    addSelectionOptions(command).addHelpText(
      'after',
      '\nExamples:\n  stellwerk retry 17\n  stellwerk retry 1-10\n  stellwerk retry --queue emails --since 2h --dry-run\n  stellwerk retry --all --yes',
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const chosen = readChosen(invocation.operands, invocation.flags, await stellwerk.now())
      const action = {
        verb: 'retry',
        past: 'retried',
        touches: (state: JobState) => state === 'failed' || state === 'completed' || state === 'cancelled',
        one: (ref: string) => stellwerk.retry(ref),
        many: (selection: Parameters<typeof stellwerk.retryFailed>[0]) => stellwerk.retryFailed(selection),
      }
      return runBulk(invocation, stellwerk, { chosen, action })
    }),
}
