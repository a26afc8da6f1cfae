import { maxHookRuns } from '../../domain/job/hook-runs.ts'
import type { HookEnd, HookRef } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'

const held = /* sql */ `hook = 'taken' AND id = ? AND claim_seq = ? AND hook_by = ?`

const END = /* sql */ `UPDATE failed_job SET hook_by = NULL WHERE ${held}`
/** It was begun. */
const LOST = /* sql */ `
  UPDATE failed_job SET hook = iif(hook_runs >= ${maxHookRuns}, 'taken', 'due'), hook_by = NULL WHERE ${held} RETURNING hook`
const UNBEGUN = /* sql */ `
  UPDATE failed_job SET hook = 'due', hook_by = NULL, hook_runs = hook_runs - 1 WHERE ${held} RETURNING hook`

/** Inside a transaction: how a taken hook ends, told by who has it: it ran, or goes back; answers whether it is due again. */
export function endHook(connection: SqliteConnection, { id, claimSeq, stationId }: HookRef, end: HookEnd): boolean {
  if (end === 'ran') connection.prepare(END).run(id, claimSeq, stationId)
  if (end === 'ran') return false
  const returned = connection.prepare<[string]>(end === 'lost' ? LOST : UNBEGUN).get(id, claimSeq, stationId)
  return returned?.[0] === 'due'
}
