import type { BulkProgress, FailedJobStore } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'
import { endHook } from './end-hook.ts'
import { removeTraces } from './forget-job.ts'
import { retryFailed } from './retry-job.ts'
import { returnLostHooks } from './return-lost-hooks.ts'
import { countFailed, selectFailed } from './select-failed.ts'
import { takeHooks } from './take-hooks.ts'
import { TallyChanges } from './tally-changes.ts'

const DELETE = /* sql */ `DELETE FROM failed_job WHERE id = ? RETURNING queue, type`

/** The role of bulk actions over failed jobs, over one connection. */
export function createFailedJobStore(connection: SqliteConnection): FailedJobStore {
  return {
    count: (selection) => connection.read(() => countFailed(connection, selection)),
    retryNext: (selection, step) =>
      connection.write(() => changeEach(connection, selectFailed(connection, selection, step), retryFailed), {
        wakes: true,
      }),
    forgetNext: (selection, step) =>
      connection.write(() => changeEach(connection, selectFailed(connection, selection, step), forgetFailed)),
    takeHooks: (types, limit, stationId) => connection.write(() => takeHooks(connection, { types, limit, stationId })),
    endHook: (hook, end) => connection.write(() => endHook(connection, hook, end)),
    returnLostHooks: () => connection.write(() => returnLostHooks(connection)),
  }
}

type Change = (connection: SqliteConnection, id: number, tallies: TallyChanges) => boolean

function changeEach(connection: SqliteConnection, ids: readonly number[], change: Change): BulkProgress {
  const tallies = new TallyChanges()
  const changed = ids.filter((id) => change(connection, id, tallies)).length
  tallies.apply(connection)
  return { changed, lastId: ids.at(-1) ?? null }
}

function forgetFailed(connection: SqliteConnection, id: number, tallies: TallyChanges): boolean {
  const gone = connection.prepare<[string, string]>(DELETE).get(id)
  if (gone === undefined) return false
  tallies.add({ queue: gone[0], type: gone[1] }, 'failed', -1)
  removeTraces(connection, id)
  return true
}
