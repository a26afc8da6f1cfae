import type { FailedSelection } from '../failed-job-store.ts'
import { wholeNumberArray } from './array-literals.ts'

/** Condition over failed_job; takes the parameters $1 to $7 of {@link selectionValues}. A field that is not given narrows nothing. */
export const selectionCondition = `
      ($1::bigint[] IS NULL OR id = ANY($1::bigint[])) AND ($2::bigint IS NULL OR id >= $2) AND ($3::bigint IS NULL OR id <= $3)
  AND ($4::text IS NULL OR queue = $4) AND ($5::text IS NULL OR type = $5)
  AND ($6::bigint IS NULL OR failed_at >= $6) AND ($7::bigint IS NULL OR failed_at < $7)`

/** The parameters of {@link selectionCondition}. */
export function selectionValues(selection: FailedSelection): readonly unknown[] {
  const { ids, fromId, toId, queue, type, failedFrom, failedTo } = selection
  return [ids === undefined ? null : wholeNumberArray(ids), fromId, toId, queue, type, failedFrom, failedTo].map(
    (value) => value ?? null,
  )
}
