import type { CliCommand } from '../cli-command.ts'
import { giveOrder } from '../give-order.ts'
import { withProject } from '../open-project.ts'
import { integerOf, textFlag } from '../read-flags.ts'

/** `stellwerk scale POOL NUMBER`: so many processes, on each station that has the pool, within what its configuration allows. */
export const scaleCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<pool>', 'name of the pool')
      .argument('<processes>', 'how many processes it is to have on each station')
      .option('--station <id>', 'on this station alone')
      .option('--wait <duration>', 'how long to wait for the answers of stations, in seconds (default: 10)')
      .addHelpText('after', '\nExample:\n  stellwerk scale emails 4')
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const [pool = '', text = ''] = invocation.operands
      const station = textFlag(invocation.flags, 'station')
      const target = { pool, ...(station !== undefined && { station }) }
      return giveOrder(invocation, project, {
        kind: 'scale',
        target,
        processes: integerOf('processes', text, [0, 1_000]),
      })
    }),
}
