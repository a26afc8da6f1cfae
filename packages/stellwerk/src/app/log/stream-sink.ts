import type { LogLevel } from '../../std/log.ts'
import { formatEntry, type LogFormat } from './format-entry.ts'
import type { LogSink } from './log-entry.ts'

/** Severities of syslog (RFC 5424, 6.2.1), which journald knows too. */
export const syslogSeverity: Readonly<Record<LogLevel, number>> = { debug: 7, info: 6, warn: 4, error: 3 }

/** Takes whole lines with their ends. */
export type WriteLine = (line: string) => void

/** Lines to a stream of this process. */
export function createStreamSink(format: LogFormat, write: WriteLine): LogSink {
  return {
    write: (entry) => write(`${formatEntry(entry, { format, hasTime: true, pid: null })}\n`),
    close: () => Promise.resolve(),
  }
}

/** Lines that journald reads from a stream of a unit: the severity before each as `<6>` (sd-daemon), no time, since the journal stamps them. */
export function createJournalSink(format: LogFormat, write: WriteLine): LogSink {
  return {
    write: (entry) =>
      write(`<${syslogSeverity[entry.level]}>${formatEntry(entry, { format, hasTime: false, pid: null })}\n`),
    close: () => Promise.resolve(),
  }
}

/** Drops everything. */
export const silentSink: LogSink = { write: () => {}, close: () => Promise.resolve() }
