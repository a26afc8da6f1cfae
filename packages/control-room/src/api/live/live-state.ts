/** How figures arrive: opening the stream, through it, by asking again and again, not until resumed, not at all. */
export type LiveMode = 'connecting' | 'live' | 'polling' | 'paused' | 'stale'

/** What is known about the connection; times by performance.now(). */
export interface Contact {
  readonly isPaused: boolean
  readonly isConnected: boolean
  /** Failed attempts since the last one that connected. */
  readonly failures: number
  /** When an answer or an event came last; 0 = never. */
  readonly lastAt: number
  /** When an answer to a question came last; 0 = never. */
  readonly answeredAt: number
  /** When the stream was lost; 0 while it never was. */
  readonly lostAt: number
  readonly now: number
}

/** Without any answer for so long, figures are shown as old. */
export const STALE_AFTER_MS = 5_000
/** Polling asks every 5 to 10 s; it is late when two answers are missing. */
const STALE_POLLING_MS = 25_000
/** So many failed attempts, and figures are fetched instead. */
export const FAILURES_BEFORE_POLLING = 3

/** The mode to show. Pure. */
export function liveMode(contact: Contact): LiveMode {
  if (contact.isPaused) return 'paused'
  if (contact.isConnected) return 'live'
  const isAnswered = contact.answeredAt > contact.lostAt && contact.now - contact.answeredAt < STALE_POLLING_MS
  if (contact.failures >= FAILURES_BEFORE_POLLING && isAnswered) return 'polling'
  return contact.now - contact.lastAt > STALE_AFTER_MS ? 'stale' : 'connecting'
}
