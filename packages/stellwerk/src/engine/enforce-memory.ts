import type { InlineExecutor } from './inline-executor.ts'

/**
 * Stops every attempt whose type may not have as much memory as its process has now; it fails with kind memory. Exact where it runs alone in its process, else what
 * runs beside it counts too.
 */
export function enforceMemory(executor: Pick<InlineExecutor, 'attempts' | 'stop'>): void {
  let rss: number | undefined
  for (const attempt of executor.attempts) {
    const { memoryBytes } = attempt.start.rules
    if (memoryBytes === null || attempt.ended) continue
    rss ??= process.memoryUsage.rss()
    if (rss > memoryBytes) executor.stop(attempt, 'memory')
  }
}
