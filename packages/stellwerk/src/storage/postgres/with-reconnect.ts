import { isStellwerkError } from '../../domain/errors.ts'

/** How long the driver tries to get back to the server, and how it waits in between. */
export interface ReconnectOptions {
  readonly boundMs: number
  /** Resolves after `ms`. */
  readonly pause?: (ms: number) => Promise<void>
}

const firstPauseMs = 50
const longestPauseMs = 1000

/**
 * Calls `attempt` until it does not fail with STORE_UNREACHABLE, with doubling pauses spread by half; after `boundMs` the failure is thrown.
 * `attempt` learns how often contact was lost: from 1 on, the outcome of the attempt before is unclear. STORE_BUSY counts as that then: who holds the rows may be
 * the attempt before, whose end the network still has.
 */
export async function withReconnect<T>(
  attempt: (lostBefore: number) => Promise<T>,
  { boundMs, pause = wait }: ReconnectOptions,
): Promise<T> {
  const startedMs = performance.now()
  let loss: unknown
  for (let lost = 0; ; lost++) {
    try {
      return await attempt(lost)
    } catch (error) {
      if (!isUnclear(error, lost)) throw error
      if (isStellwerkError(error, 'STORE_UNREACHABLE')) loss = error
      const pauseMs = Math.min(firstPauseMs * 2 ** lost, longestPauseMs) * (0.5 + Math.random() / 2)
      // Never as busy: whoever is told that takes what was tried for undone.
      if (performance.now() - startedMs + pauseMs > boundMs) throw loss
      await pause(pauseMs)
    }
  }
}

function isUnclear(error: unknown, lostBefore: number): boolean {
  if (isStellwerkError(error, 'STORE_UNREACHABLE')) return true
  return lostBefore > 0 && isStellwerkError(error, 'STORE_BUSY')
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
