import type { LogFields, LogLevel } from '../../std/log.ts'

/** One event on its way to a channel. */
export interface LogEntry {
  /** Unix ms of this machine. */
  readonly at: number
  readonly level: LogLevel
  readonly message: string
  /** Plain values: errors are texts already, and everything can be written as JSON. */
  readonly fields: LogFields
}

/** Where entries go. Nothing here throws or waits: a channel that cannot write says so on the standard error. */
export interface LogSink {
  write(entry: LogEntry): void
  /** Resolves when everything that can still be delivered is, within a few seconds. Safe to repeat. */
  close(): Promise<void>
}
