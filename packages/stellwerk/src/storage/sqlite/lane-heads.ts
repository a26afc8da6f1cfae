import type { LaneHead } from '../../domain/queue/lane.ts'
import type { SqliteConnection } from './connection.ts'

/**
 * A loose index scan: from the head of one lane straight to the first entry of the next, so the jobs behind a head are never read. The next
 * lane differs from this one first in its priority, else in its batch, its type, its queue; one comparison of all four at once would seek to
 * this lane and walk it through. Rows are HeadRow.
 */
export const LANE_HEADS = /* sql */ `
  WITH RECURSIVE head (id) AS (
    SELECT * FROM (
      SELECT id FROM job WHERE state = 'pending' ORDER BY queue, type, in_batch, priority, position LIMIT 1)
    UNION ALL
    SELECT coalesce(
      (SELECT id FROM job
        WHERE state = 'pending' AND queue = here.queue AND type = here.type AND in_batch = here.in_batch
          AND priority > here.priority
        ORDER BY priority, position LIMIT 1),
      (SELECT id FROM job
        WHERE state = 'pending' AND queue = here.queue AND type = here.type AND in_batch > here.in_batch
        ORDER BY in_batch, priority, position LIMIT 1),
      (SELECT id FROM job
        WHERE state = 'pending' AND queue = here.queue AND type > here.type
        ORDER BY type, in_batch, priority, position LIMIT 1),
      (SELECT id FROM job
        WHERE state = 'pending' AND queue > here.queue
        ORDER BY queue, type, in_batch, priority, position LIMIT 1))
      FROM head CROSS JOIN job AS here ON here.id = head.id
     WHERE head.id IS NOT NULL)
  SELECT job.queue, job.type, job.in_batch, job.priority, job.position, job.run_at
    FROM head CROSS JOIN job ON job.id = head.id`

type HeadRow = [queue: string, type: string, inBatch: number, priority: number, position: number, runAt: number]

/** The first pending job of every lane, in lane order. */
export function laneHeads(connection: SqliteConnection): readonly LaneHead[] {
  const rows = connection.prepare<HeadRow>(LANE_HEADS).all()
  return rows.map(([queue, type, inBatch, priority, position]) => ({
    queue,
    type,
    inBatch: inBatch === 1,
    priority,
    position,
  }))
}

/** Per queue with a pending job, the earliest run-at among its lane heads, Unix ms. */
export function oldestByQueue(connection: SqliteConnection): ReadonlyMap<string, number> {
  const oldest = new Map<string, number>()
  for (const [queue, , , , , runAt] of connection.prepare<HeadRow>(LANE_HEADS).all()) {
    oldest.set(queue, Math.min(oldest.get(queue) ?? runAt, runAt))
  }
  return oldest
}
