/** Severity of a line, in rising order. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Facts beside a message; values must be serialisable, an Error under `error` is written with its stack. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the engine writes what it has to say; a pino or console logger fits with a two-line adapter. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const ignore = (): void => {}

/** A log that drops every line: for tests and for processes that only dispatch. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
