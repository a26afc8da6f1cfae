import { setTimeout as delay } from 'node:timers/promises'
import { isBusy } from './store-error.ts'

const TURNS = 4
const BOUND_MS = 5_000

/**
 * Runs `attempt` until the database is not busy: a few turns of the event loop first, then 1 to 3 ms apart so that writers do not march in
 * step. Undefined after 5 s. Other errors pass through.
 */
export async function retryWhileBusy<T>(
  attempt: () => T | Promise<T>,
  boundMs = BOUND_MS,
): Promise<{ value: T } | undefined> {
  const startedAt = performance.now()
  for (let round = 0; ; round += 1) {
    try {
      return { value: await attempt() }
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    if (performance.now() - startedAt >= boundMs) return undefined
    await (round < TURNS ? nextTurn() : delay(1 + Math.random() * 2))
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
