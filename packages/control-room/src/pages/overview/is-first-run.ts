import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'

/** So many jobs that wait are an experiment; more are a backlog, and a backlog is trouble to be shown. */
const FEW = 10

/** True until the first job has ended: then there is nothing to show but the next step. */
export function isFirstRun({ counts, queues }: Pick<Overview, 'counts' | 'queues'>): boolean {
  if (queues.length === 0) return true
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const ended = counts.completed + counts.failed + counts.cancelled + counts.retrying
  return ended === 0 && total > 0 && total <= FEW
}
