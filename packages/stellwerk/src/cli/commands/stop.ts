import type { CliCommand } from '../cli-command.ts'
import { addTarget, giveOrder, targetOf } from '../give-order.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk stop`: a worker, a pool, a station or all finish their jobs within the grace and take no more. */
export const stopCommand: CliCommand = {
  configure: (command) => {
    addTarget(command)
      .option('--now', 'without the grace: what runs goes back to its queue')
      .addHelpText('after', '\nExamples:\n  stellwerk stop --pool reports\n  stellwerk stop --station north --now')
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const kind = invocation.flags['now'] === true ? 'stop_now' : 'stop'
      return giveOrder(invocation, project, { kind, target: targetOf(invocation.flags) })
    }),
}
