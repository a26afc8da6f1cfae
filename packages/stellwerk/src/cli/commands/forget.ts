import type { JobState } from '../../domain/job/job-state.ts'
import type { CliCommand } from '../cli-command.ts'
import { addSelectionOptions, readChosen } from '../failed-selection.ts'
import { withProject } from '../open-project.ts'
import { runBulk } from '../run-bulk.ts'

/** `stellwerk forget`: deletes failed jobs, or single jobs of any state but a running one, with their attempts and lines. */
export const forgetCommand: CliCommand = {
  configure: (command) => {
    addSelectionOptions(command).addHelpText(
      'after',
      '\nExamples:\n  stellwerk forget 17\n  stellwerk forget --type send-email --until 7d --dry-run',
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const chosen = readChosen(invocation.operands, invocation.flags, await stellwerk.now())
      const action = {
        verb: 'delete',
        past: 'deleted',
        touches: (state: JobState) => state !== 'processing',
        one: (ref: string) => stellwerk.forget(ref),
        many: (selection: Parameters<typeof stellwerk.forgetFailed>[0]) => stellwerk.forgetFailed(selection),
      }
      return runBulk(invocation, stellwerk, { chosen, action })
    }),
}
