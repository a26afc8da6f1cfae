import type { CliCommand } from '../cli-command.ts'
import { addTarget, giveOrder, targetOf } from '../give-order.ts'
import { withProject } from '../open-project.ts'
import { integerOf, textFlag } from '../read-flags.ts'

/** `stellwerk start --pool NAME`: a pool that was stopped has workers again, within what its machine's configuration allows. */
export const startCommand: CliCommand = {
  configure: (command) => {
    addTarget(command)
      .option('--processes <number>', 'how many, within the bounds of the pool')
      .addHelpText(
        'after',
        "\nStations themselves are started on their machine, by 'stellwerk work'.\n\nExample:\n  stellwerk start --pool reports --processes 2",
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const text = textFlag(invocation.flags, 'processes')
      const processes = text === undefined ? null : integerOf('--processes', text, [1, 1_000])
      return giveOrder(invocation, project, { kind: 'start', target: targetOf(invocation.flags), processes })
    }),
}
