import type { Log, LogFields, LogLevel } from '../std/log.ts'
import { safeLine } from '../std/terminal-safe.ts'

const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** How a console log writes. */
export interface ConsoleLogOptions {
  /** Least severe level that is written. */
  readonly level: LogLevel
  readonly format: 'text' | 'json'
  /** Takes one line with its end. */
  readonly write: (line: string) => void
}

/** A log of one event per line: text for people with control characters shown as escapes, or JSON. */
export function createConsoleLog({ level, format, write }: ConsoleLogOptions): Log {
  const at =
    (own: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (severity[own] < severity[level]) return
      const time = new Date(performance.timeOrigin + performance.now()).toISOString()
      write(
        `${format === 'json' ? jsonLine(time, own, { message, ...plain(fields) }) : textLine(time, own, { message, fields })}\n`,
      )
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function jsonLine(time: string, level: LogLevel, entry: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ time, level, ...entry })
}

function textLine(
  time: string,
  level: LogLevel,
  { message, fields }: { readonly message: string; readonly fields: LogFields | undefined },
): string {
  const pairs = Object.entries(plain(fields)).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return `${time} ${level.padEnd(5)} ${safeLine(message + pairs.join(''))}`
}

function plain(fields: LogFields | undefined): Readonly<Record<string, unknown>> {
  if (fields === undefined) return {}
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? (value.stack ?? value.message) : value,
    ]),
  )
}
