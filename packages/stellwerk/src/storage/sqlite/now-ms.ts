import type { DatabaseSync } from 'node:sqlite'

/** Unix ms, from a clock that a test may hold. */
export type NowMs = () => number

/** The host's clock: the one place of the core that reads it. */
export const hostNowMs: NowMs = () => Date.now()

/** Registers `now_ms()` on a connection, so that statements and the store share one clock. */
export function registerNowMs(database: DatabaseSync, nowMs: NowMs): void {
  database.function('now_ms', { deterministic: false, directOnly: true }, nowMs)
}
