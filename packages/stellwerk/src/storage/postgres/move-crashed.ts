import { deadLetterSql } from './dead-letter-sql.ts'
import type { PostgresStatements } from './postgres-database.ts'
import type { SettledBy } from './settled-group.ts'

const crashMessage = `'The process died while this job ran alone in it (crash ' || crashes || ' of ' || max_crashes || ').'`
const failedMessage = `'The process died ' || crashes || ' of at most ' || max_crashes || ' times while this job ran alone in it. Find out what killed it (memory, native code, signal), then retry the job.'`

/** Columns of an attempt row for a crash, from a CTE named `crashed` whose `crashes` counts this one. */
const crashAttempt = (s: string, message: string): string => /* sql */ `
  attempt AS (
    INSERT INTO ${s}.job_attempt (job_id, started_at, finished_at, claim_seq, attempt, kind, error_class, message, causes, host, station_id, worker_id)
    SELECT c.id, NULL, m.at, c.claim_seq, c.attempt, 'crash', 'WorkerCrash', ${message}, '[]', coalesce(st.host, ''), $2, c.worker_id
      FROM crashed AS c CROSS JOIN moment AS m LEFT JOIN ${s}.station AS st ON st.id = $2
  )`

/** `from`: the column with the queue that it leaves. */
const crashTally = (s: string, state: string, from: string): string => /* sql */ `
  INSERT INTO ${s}.tally_delta (queue, type, state, delta)
  SELECT side.queue, type, side.state, side.sign
    FROM crashed CROSS JOIN LATERAL (VALUES (${from}, 'processing', -1), (crashed.queue, '${state}', 1)) AS side(queue, state, sign)`

const returnCrashedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  before AS MATERIALIZED (SELECT id, worker_id FROM ${s}.job WHERE id = $1),
  crashed AS (
    UPDATE ${s}.job AS j
       SET state = 'pending', crashes = crashes + 1, claimed_at = NULL, station_id = NULL, worker_id = NULL
      FROM before AS b
     WHERE j.id = $1 AND b.id = j.id AND j.state || '' = 'processing'
    RETURNING j.id, j.queue, j.type, j.claim_seq, j.attempt, j.crashes, j.max_crashes, b.worker_id
  ),
  ${crashAttempt(s, crashMessage)}
  ${crashTally(s, 'pending', 'crashed.queue')}`

const failCrashedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  gone AS (DELETE FROM ${s}.job AS j WHERE id = $1 AND j.state || '' = 'processing' RETURNING j.*, ${deadLetterSql('$3', 'j')} AS dead_letter),
  crashed AS (
    INSERT INTO ${s}.failed_job
      (id, run_at, created_at, position, claimed_at, parent_id, failed_at, started_at, claim_seq, attempt, tries, failures, exceptions, crashes,
       max_crashes, weight, type_version, priority, progress, in_batch, solo, type, queue, station_id, worker_id, run_id, batch_id, kind, error_class,
       error_message, hook, origin_queue, progress_note, options, payload)
    SELECT id, run_at, created_at, position, claimed_at, parent_id, m.at, NULL, claim_seq, attempt, tries, failures, exceptions, crashes,
           max_crashes, weight, type_version, priority, progress, in_batch, solo, type, coalesce(dead_letter, queue), station_id, worker_id, run_id, batch_id,
           'crash', 'WorkerCrash', ${failedMessage}, 'due', CASE WHEN dead_letter IS NOT NULL THEN queue END, progress_note, options, payload
      FROM (SELECT g.id, g.run_at, g.created_at, g.position, g.claimed_at, g.parent_id, g.claim_seq, g.attempt, g.tries, g.failures, g.exceptions,
                   g.crashes + 1 AS crashes, g.max_crashes, g.weight, g.type_version, g.priority, g.progress, g.in_batch, g.solo, g.type, g.queue,
                   g.station_id, g.worker_id, g.run_id, g.batch_id, g.progress_note, g.options, g.payload, g.dead_letter FROM gone AS g) AS counted
     CROSS JOIN moment AS m
    RETURNING *
  ),
  ${crashAttempt(s, failedMessage)}
  ${crashTally(s, 'failed', 'coalesce(origin_queue, crashed.queue)')}`

/** Moves one job whose process died while it ran alone. The caller holds its row. */
export type MoveCrashed = (db: PostgresStatements, by: SettledBy, id: number) => Promise<void>

/** Back to pending with one crash more and its attempt kept, with an attempt row. */
export function createReturnCrashed(schema: string): MoveCrashed {
  const sql = returnCrashedSql(schema)
  return async (db, { stationId }, id) => {
    await db.query(sql, [id, stationId])
  }
}

/** Out of crash budget: to the failed jobs with kind crash, its hook due, with an attempt row. */
export function createFailCrashed(schema: string): MoveCrashed {
  const sql = failCrashedSql(schema)
  return async (db, { stationId, deadLetters }, id) => {
    await db.query(sql, [id, stationId, JSON.stringify(deadLetters)])
  }
}
