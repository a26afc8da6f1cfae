import type { CliCommand } from '../cli-command.ts'
import { addTarget, giveOrder, targetOf } from '../give-order.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk restart`: every worker, or those that are named, finishes its jobs and is followed by a new one. */
export const restartCommand: CliCommand = {
  configure: (command) => {
    addTarget(command).addHelpText(
      'after',
      '\nWithout a target it is every worker of every live station.\n\nExamples:\n  stellwerk restart\n  stellwerk restart --pool emails\n  stellwerk restart --worker w_0123456789abcdef',
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const target = targetOf(invocation.flags)
      const isOpen = Object.keys(target).length === 0
      return giveOrder(invocation, project, { kind: 'restart', target: isOpen ? { all: true } : target })
    }),
}
