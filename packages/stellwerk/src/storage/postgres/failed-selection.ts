import type { FailedSelection } from '../failed-job-store.ts'
import { textArray, wholeNumberArray } from './array-literals.ts'

/** Condition over failed_job; takes the parameters $1 to $8 of {@link selectionValues}. A field that is not given narrows nothing. */
export const selectionCondition = `
      ($1::bigint[] IS NULL OR id = ANY($1::bigint[])) AND ($2::bigint IS NULL OR id >= $2) AND ($3::bigint IS NULL OR id <= $3)
  AND ($4::text IS NULL OR queue = $4) AND ($5::text IS NULL OR type = $5)
  AND ($6::bigint IS NULL OR failed_at >= $6) AND ($7::bigint IS NULL OR failed_at < $7)
  AND ($8::text[] IS NULL OR queue = ANY($8::text[]))`

/** The parameters of {@link selectionCondition}. */
export function selectionValues(selection: FailedSelection): readonly unknown[] {
  const { ids, fromId, toId, queue, queues, type, failedFrom, failedTo } = selection
  const lists = { ids: ids && wholeNumberArray(ids), queues: queues && textArray(queues) }
  return [lists.ids, fromId, toId, queue, type, failedFrom, failedTo, lists.queues].map((value) => value ?? null)
}
