import type { ClaimHolds } from '../../domain/queue/queue-pause.ts'
import type { NewPause, QueueSettingStore } from '../queue-setting-store.ts'
import type { SqliteConnection } from './connection.ts'

/** Whether the pause of a row holds at ?1. */
const HOLDS = /* sql */ `paused_at IS NOT NULL AND (paused_until IS NULL OR paused_until > ?1)`

const PAUSE = /* sql */ `
  INSERT INTO queue_setting (queue, paused_at, paused_by, paused_reason, paused_until) VALUES (?2, ?1, ?3, ?4, ?5)
  ON CONFLICT (queue) DO UPDATE
     SET paused_at = CASE WHEN ${HOLDS} THEN paused_at ELSE ?1 END, paused_by = excluded.paused_by, paused_reason = excluded.paused_reason,
         paused_until = excluded.paused_until`

const RESUME = /* sql */ `
  UPDATE queue_setting SET paused_at = NULL, paused_by = NULL, paused_reason = NULL, paused_until = NULL WHERE queue = ?2 AND ${HOLDS}`

const START = /* sql */ `
  INSERT INTO maintenance (one, since_at, set_by, reason) VALUES (1, ?, ?, ?)
  ON CONFLICT (one) DO UPDATE SET set_by = excluded.set_by, reason = excluded.reason`

const END = /* sql */ `DELETE FROM maintenance`

const PAUSES = /* sql */ `
  SELECT queue, paused_by, paused_reason, paused_at, paused_until FROM queue_setting WHERE ${HOLDS} ORDER BY queue`

const MAINTENANCE = /* sql */ `SELECT set_by, reason, since_at FROM maintenance`

type PauseRow = [queue: string, by: string, reason: string | null, since: number, until: number | null]

/** The role of whoever holds jobs back, over one connection. */
export function createQueueSettingStore(connection: SqliteConnection): QueueSettingStore {
  return {
    pause: (pause) => connection.write(() => writePause(connection, pause), { wakes: true }),
    resume: (queue) =>
      connection.write(() => connection.prepare(RESUME).run(connection.nowMs(), queue) === 1, { wakes: true }),
    setMaintenance: (maintenance) =>
      connection.write(
        () => {
          if (maintenance === null) return connection.prepare(END).run() === 1
          return connection.prepare(START).run(connection.nowMs(), maintenance.by, maintenance.reason) === 1
        },
        { wakes: true },
      ),
    holds: () => connection.read(() => readHolds(connection)),
  }
}

function writePause(connection: SqliteConnection, { queue, by, reason, forMs }: NewPause): void {
  const at = connection.nowMs()
  connection.prepare(PAUSE).run(at, queue, by, reason, forMs === null ? null : at + forMs)
}

function readHolds(connection: SqliteConnection): ClaimHolds {
  const row = connection.prepare<[string, string | null, number]>(MAINTENANCE).get()
  const pauses = connection.prepare<PauseRow>(PAUSES).all(connection.nowMs())
  return {
    pauses: pauses.map(([queue, by, reason, since, until]) => ({ queue, by, reason, since, until })),
    maintenance: row === undefined ? null : { by: row[0], reason: row[1], since: row[2] },
  }
}
