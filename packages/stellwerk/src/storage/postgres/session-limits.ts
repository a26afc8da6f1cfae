/** What the server itself ends: a statement, a wait for a lock, a transaction that does nothing. Milliseconds. */
export const sessionLimits = {
  statement_timeout: 10_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 30_000,
} as const

/**
 * Whether what stands in between refused the limits as parameters of a new connection, as PgBouncer does. Without them single statements are bound
 * by the driver alone; transactions set theirs by SET LOCAL in any case.
 */
export function refusesLimits(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/i.test(error.message)
}
