/** The machine's wall clock, Unix ms: for SQLite's now_ms(), and for measuring how far it is from a server's. Nothing else may go by it. */
export const hostClockMs = (): number => Date.now()
