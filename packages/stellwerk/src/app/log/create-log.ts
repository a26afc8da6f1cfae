import { hostClockMs } from '../../std/host-clock.ts'
import type { Log, LogFields, LogLevel } from '../../std/log.ts'
import type { ConfigurationValues } from '../configuration/settings.ts'
import type { LogSink } from './log-entry.ts'
import { boundedText, plainFields } from './plain-fields.ts'

const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** What goes into a log. */
export interface LogRules {
  /** Least severe level that is written. */
  readonly level: LogLevel
  /** Whether errors are written with their whole stacks and causes. */
  readonly isDetailed: boolean
}

/** A log that writes to `sink` what is severe enough. */
export function createLog({ level, isDetailed }: LogRules, sink: Pick<LogSink, 'write'>): Log {
  const at =
    (entryLevel: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (severity[entryLevel] < severity[level]) return
      sink.write({
        at: hostClockMs(),
        level: entryLevel,
        message: boundedText(String(message)),
        fields: plainFields(fields, isDetailed),
      })
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Whether errors are written in detail: where the configuration wants it, and never in production. */
export function isDetailed(
  values: Pick<ConfigurationValues, 'log.detailedExceptions'>,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return env['NODE_ENV'] !== 'production' && values['log.detailedExceptions']
}
