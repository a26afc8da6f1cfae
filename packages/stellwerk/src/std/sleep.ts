import { monotonicMs } from './monotonic.ts'

/** Node fires timers beyond 2^31 - 1 ms at once, and a machine that slept must notice soon: no single timer is longer. */
const LONGEST_TIMER_MS = 60_000

/** Resolves after `ms` milliseconds (at once where `ms` is not above 0), or early when `signal` aborts; never rejects. Leaves no timer and no listener behind. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const end = monotonicMs() + ms
  let left = ms
  while (left > 0 && signal?.aborted !== true) {
    await oneTimer(Math.min(left, LONGEST_TIMER_MS), signal)
    left = end - monotonicMs()
  }
}

function oneTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal?.addEventListener('abort', finish)
  })
}
