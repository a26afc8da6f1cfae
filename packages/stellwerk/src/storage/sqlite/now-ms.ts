import type { DatabaseSync } from 'node:sqlite'
import { hostClockMs } from '../../std/host-clock.ts'

/** Unix ms, from a clock that a test may hold. */
export type NowMs = () => number

/** The host's clock, in place of a server's. */
export const hostNowMs: NowMs = hostClockMs

/** Registers `now_ms()` on a connection, so that statements and the store share one clock. */
export function registerNowMs(database: DatabaseSync, nowMs: NowMs): void {
  database.function('now_ms', { deterministic: false, directOnly: true }, nowMs)
}
