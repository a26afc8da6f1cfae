import type { BulkStep, FailedSelection } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqlValue } from './statement.ts'

/** Ids of matching failed jobs above `afterId`, ascending, at most `limit`. */
export function selectFailed(
  connection: SqliteConnection,
  selection: FailedSelection,
  step: BulkStep,
): readonly number[] {
  const { text, values } = toCondition(selection)
  const select = `SELECT id FROM failed_job WHERE id > ? AND ${text} ORDER BY id LIMIT ?`
  return connection
    .prepare<[number]>(select)
    .all(step.afterId, ...values, step.limit)
    .map(([id]) => id)
}

/** How many failed jobs match. */
export function countFailed(connection: SqliteConnection, selection: FailedSelection): number {
  const { text, values } = toCondition(selection)
  return connection.prepare<[number]>(`SELECT count(*) FROM failed_job WHERE ${text}`).get(...values)?.[0] ?? 0
}

/** Fixed texts beside bound values: a selection never becomes part of a statement. */
function toCondition(selection: FailedSelection): { readonly text: string; readonly values: readonly SqlValue[] } {
  const { ids, fromId, toId, queue, queues, type, failedFrom, failedTo } = selection
  const terms: readonly (readonly [string, SqlValue | undefined])[] = [
    ['id IN (SELECT value FROM json_each(?))', ids && JSON.stringify(ids)],
    ['id >= ?', fromId],
    ['id <= ?', toId],
    ['queue = ?', queue],
    ['queue IN (SELECT value FROM json_each(?))', queues && JSON.stringify(queues)],
    ['type = ?', type],
    ['failed_at >= ?', failedFrom],
    ['failed_at < ?', failedTo],
  ]
  const texts = ['TRUE']
  const values: SqlValue[] = []
  for (const [text, value] of terms) {
    if (value === undefined) continue
    texts.push(text)
    values.push(value)
  }
  return { text: texts.join(' AND '), values }
}
