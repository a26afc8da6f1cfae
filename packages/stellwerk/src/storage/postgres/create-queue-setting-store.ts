import type { ClaimHolds } from '../../domain/queue/queue-pause.ts'
import type { QueueSettingStore } from '../queue-setting-store.ts'
import { anyQueue, type Notifier } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** Whether the pause of a row `q` holds at `m.at`. */
const holds = 'q.paused_at IS NOT NULL AND (q.paused_until IS NULL OR q.paused_until > m.at)'

const moment = (s: string): string => `(SELECT ${s}.now_ms() AS at OFFSET 0) AS m`

const pauseSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.queue_setting AS q (queue, paused_at, paused_by, paused_reason, paused_until)
  SELECT $1, m.at, $2, $3, m.at + $4::bigint FROM ${moment(s)}
  ON CONFLICT (queue) DO UPDATE
     SET paused_at = CASE WHEN q.paused_at IS NOT NULL AND (q.paused_until IS NULL OR q.paused_until > excluded.paused_at)
                          THEN q.paused_at ELSE excluded.paused_at END,
         paused_by = excluded.paused_by, paused_reason = excluded.paused_reason, paused_until = excluded.paused_until`

const resumeSql = (s: string): string => /* sql */ `
  UPDATE ${s}.queue_setting AS q SET paused_at = NULL, paused_by = NULL, paused_reason = NULL, paused_until = NULL
    FROM ${moment(s)} WHERE q.queue = $1 AND ${holds} RETURNING q.queue`

const startSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.maintenance (since_at, set_by, reason) VALUES (${s}.now_ms(), $1, $2)
  ON CONFLICT (single) DO UPDATE SET set_by = excluded.set_by, reason = excluded.reason RETURNING single`

const endSql = (s: string): string => /* sql */ `DELETE FROM ${s}.maintenance RETURNING single`

/** Pauses, and maintenance as a row without a queue: one round trip. */
const holdsSql = (s: string): string => /* sql */ `
  SELECT q.queue, q.paused_by AS by, q.paused_reason AS reason, q.paused_at AS since, q.paused_until AS until
    FROM ${s}.queue_setting AS q CROSS JOIN ${moment(s)} WHERE ${holds}
  UNION ALL SELECT NULL, set_by, reason, since_at, NULL FROM ${s}.maintenance
   ORDER BY 1`

interface HoldRow {
  readonly queue: string | null
  readonly by: string
  readonly reason: string | null
  readonly since: number
  readonly until: number | null
}

/** The role of whoever holds jobs back. */
export function createQueueSettingStore(db: PostgresDatabase, notifier: Notifier): QueueSettingStore {
  const change = async (text: string, values: readonly unknown[]): Promise<boolean> => {
    const rows = await db.query(text, values)
    notifier.woken([anyQueue])
    return rows.length > 0
  }
  return {
    pause: async ({ queue, by, reason, forMs }) => {
      await change(pauseSql(db.schema), [queue, by, reason, forMs])
    },
    resume: (queue) => change(resumeSql(db.schema), [queue]),
    setMaintenance: (maintenance) =>
      maintenance === null
        ? change(endSql(db.schema), [])
        : change(startSql(db.schema), [maintenance.by, maintenance.reason]),
    holds: async () => toHolds(await db.query<HoldRow>(holdsSql(db.schema))),
  }
}

function toHolds(rows: readonly HoldRow[]): ClaimHolds {
  const whole = rows.find(({ queue }) => queue === null)
  return {
    pauses: rows.flatMap(({ queue, ...row }) => (queue === null ? [] : [{ queue, ...row }])),
    maintenance: whole === undefined ? null : { by: whole.by, reason: whole.reason, since: whole.since },
  }
}
