/** Columns, or expressions, that name a lane. */
interface LaneColumns {
  readonly queue: string
  readonly type: string
  readonly inBatch: string
  readonly priority: string
}

/**
 * SQL for the 53-bit number by which the index finds a lane. Comparing one number in place of four columns, two of them texts, is what a dispatch spends most of its
 * time on otherwise (decision 8). It only narrows: lanes may share a number, and rows that a program of step 1 inserts all have 0, so whoever looks one up
 * names its columns too.
 */
export function laneKeySql({ queue, type, inBatch, priority }: LaneColumns): string {
  return `(hashtextextended(${queue}, hashtextextended(${type}, (${priority})::bigint * 2 + (${inBatch})::integer)) >> 11)`
}

/** {@link laneKeySql} of a row of `job`, or of another table with the same columns. */
export const laneOfJob: string = laneKeySql({ queue: 'queue', type: 'type', inBatch: 'in_batch', priority: 'priority' })
