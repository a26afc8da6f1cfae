import { relative } from 'node:path'
import { redactAddress } from '../../app/configuration/redact-address.ts'
import type { Origin, ResolvedConfiguration } from '../../app/configuration/resolve-configuration.ts'
import { type SettingName, settingNames, settings } from '../../app/configuration/settings.ts'
import { formatDuration } from '../../std/duration.ts'
import type { CliCommand } from '../cli-command.ts'
import { resolveProject } from '../open-project.ts'
import { writeTable } from '../table.ts'

const durations = new Set<SettingName>([
  'grace',
  'timeoutGrace',
  'lease',
  'snapshotAlarm',
  'health.heartbeat',
  'defaults.timeout',
])

/** `stellwerk config`: every effective value and where it came from; a password is never shown. */
export const configCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('[key]', "only this key, such as 'log.level'")
      .addHelpText('after', '\nExamples:\n  stellwerk config\n  STELLWERK_LOG_LEVEL=debug stellwerk config log.level')
  },
  run: async (invocation) => {
    const { output, operands } = invocation
    const configuration = await resolveProject(invocation)
    const names = operands[0] === undefined ? settingNames : [await knownKey(operands[0])]
    if (output.json) {
      output.value({
        file: configuration.file,
        settings: Object.fromEntries(
          names.map((name) => [name, { value: safeValue(configuration, name), origin: configuration.origins[name] }]),
        ),
      })
      return 0
    }
    writeTable(
      output,
      [
        { header: 'KEY', text: (name) => name },
        { header: 'VALUE', text: (name) => shown(configuration, name), shrinks: true },
        {
          header: 'FROM',
          text: (name) => originText(configuration.origins[name]),
          shrinks: true,
          colour: (name) => (configuration.origins[name].kind === 'default' ? 'dim' : null),
        },
      ],
      names,
    )
    if (configuration.file === null)
      output.note("no stellwerk.config.ts was found from here upward; 'stellwerk init' writes one")
    return 0
  },
}

async function knownKey(key: string): Promise<SettingName> {
  if (key in settings) return key as SettingName
  const { wordOf } = await import('../read-flags.ts')
  return wordOf('key', key, settingNames)
}

function safeValue({ values }: ResolvedConfiguration, name: SettingName): unknown {
  const value = values[name]
  return typeof value === 'string' ? redactAddress(value) : value
}

function shown(configuration: ResolvedConfiguration, name: SettingName): string {
  const value = safeValue(configuration, name)
  if (typeof value === 'number' && durations.has(name)) return formatDuration(value)
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function originText({ kind, name }: Origin): string {
  if (kind === 'file' && name !== null) return relative(process.cwd(), name) || name
  return name ?? kind
}
