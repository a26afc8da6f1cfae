import type { PriorityInput } from '../../client/job-settings.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk priority ID VALUE`: moves a waiting job within its queue. */
export const priorityCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<id>', 'id or uuid of the job')
      .argument('<value>', 'low, normal, high, critical, or an integer from -100 to 100; higher goes first')
      .addHelpText('after', '\nExamples:\n  stellwerk priority 17 high\n  stellwerk priority 17 -- -5')
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const [ref = '', value = ''] = invocation.operands
      const priority = await stellwerk.prioritize(ref, readPriority(value))
      if (invocation.output.json) invocation.output.value({ id: ref, priority })
      else invocation.output.line(`job ${ref} has priority ${priority}`)
      return 0
    }),
}

/** A priority as typed: a number where it is one, else a word that is checked with the dispatch. */
export function readPriority(text: string): PriorityInput {
  return (/^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text) as PriorityInput
}
