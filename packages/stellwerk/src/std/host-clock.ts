/** The machine's wall clock, Unix ms: for SQLite's now_ms(), for measuring how far it is from a server's, and for the stamps of log lines. Nothing else may go by it. */
export const hostClockMs = (): number => Date.now()
