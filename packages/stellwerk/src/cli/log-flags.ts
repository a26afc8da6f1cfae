import type { Command } from 'commander'
import type { FlagValues } from '../app/configuration/resolve-configuration.ts'
import type { SettingName } from '../app/configuration/settings.ts'
import { textFlag } from './read-flags.ts'

/** Options that are settings of the log: key, option, what it takes, setting, help. */
const logFlags: readonly (readonly [string, string, string, SettingName, string])[] = [
  ['logChannel', '--log-channel', '<name>', 'log.channel', 'stderr, stdout, file, syslog, journald, otel or none'],
  ['logLevel', '--log-level', '<level>', 'log.level', 'debug, info, warn or error'],
  ['logFormat', '--log-format', '<form>', 'log.format', 'text or json'],
  ['logFile', '--log-file', '<path>', 'log.file.path', 'file of the channel file'],
]

/** Adds the options of the log to a command that goes on. */
export function addLogOptions(command: Command): void {
  for (const [, flag, takes, , help] of logFlags) command.option(`${flag} ${takes}`, help)
}

/** The options of the log that were given, as settings. */
export function readLogFlags(flags: Readonly<Record<string, unknown>>): FlagValues {
  const given = logFlags.map(([key, flag, , name]) => [name, { flag, text: textFlag(flags, key) }] as const)
  return Object.fromEntries(given.filter(([, { text }]) => text !== undefined)) as FlagValues
}

/** The same as arguments for a child. */
export function logArguments(flags: Readonly<Record<string, unknown>>): readonly string[] {
  return logFlags.flatMap(([key, flag]) => {
    const text = textFlag(flags, key)
    return text === undefined ? [] : [flag, text]
  })
}
