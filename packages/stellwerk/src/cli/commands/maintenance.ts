import type { Maintenance } from '../../domain/queue/queue-pause.ts'
import { readMaintenance, setMaintenance } from '../../operations/set-maintenance.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import type { Output } from '../output.ts'
import { textFlag, wordOf } from '../read-flags.ts'
import { showTime } from '../show-time.ts'

/** `stellwerk maintenance [on|off]`: nothing is claimed but by workers with force, or it says whether that is so. */
export const maintenanceCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('[what]', 'on or off; without it the command says which')
      .option('--reason <text>', 'why, for those who ask later')
      .addHelpText('after', "\nExamples:\n  stellwerk maintenance on --reason 'new disks'\n  stellwerk maintenance off")
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const { operands, flags, output } = invocation
      const deps = stellwerk.deps()
      const [word] = operands
      const what = word === undefined ? undefined : wordOf('what', word, ['on', 'off'] as const)
      const reason = textFlag(flags, 'reason') ?? null
      const maintenance =
        what === undefined
          ? (await readMaintenance(deps)).maintenance
          : await setMaintenance(deps, { on: what === 'on', reason })
      show(output, maintenance)
      return 0
    }),
}

function show(output: Output, maintenance: Maintenance | null): void {
  if (output.json) {
    const since = maintenance && new Date(maintenance.since).toISOString()
    output.value({ maintenance: maintenance && { ...maintenance, since } })
  } else if (maintenance === null) output.line('maintenance is off')
  else {
    const why = maintenance.reason === null ? '' : `: ${maintenance.reason}`
    output.line(safeLine(`maintenance is on since ${showTime(maintenance.since)}, by ${maintenance.by}${why}`))
  }
}
