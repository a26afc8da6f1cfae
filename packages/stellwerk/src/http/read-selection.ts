import type { FailedSelection } from '../storage/failed-job-store.ts'
import { assertRange } from './assert-range.ts'
import type { FailedSelectionRequest } from './schemas/failed-selection.ts'
import { withoutUnset } from './without-unset.ts'

/** What the body of a request selects. @throws PARAMETER_INVALID for a range that ends before it begins */
export function readSelection(request: FailedSelectionRequest): FailedSelection {
  const { ids, fromId, toId, failedFrom, failedTo, queue, type } = request
  const selection = {
    ids: ids?.map(Number),
    fromId: fromId === undefined ? undefined : Number(fromId),
    toId: toId === undefined ? undefined : Number(toId),
    failedFrom: failedFrom === undefined ? undefined : Date.parse(failedFrom),
    failedTo: failedTo === undefined ? undefined : Date.parse(failedTo),
    queue,
    type,
  }
  assertRange(['fromId', 'toId'], selection.fromId, selection.toId)
  assertRange(['failedFrom', 'failedTo'], selection.failedFrom, selection.failedTo)
  return withoutUnset(selection)
}
