import { expect } from 'vitest'
import type { Tally } from '../../domain/metrics/tally.ts'
import type { OpenedStore } from './store-harness.ts'

/** What the caller knows and the rows must agree with. */
export interface GivenFacts {
  /** How many runs were settled with metrics as completed, retrying or failed. */
  readonly endedRuns?: number
}

/** A rule that no row may break, as the query that finds the rows which do (RELIABILITY.md 1.3). */
const breaches: Readonly<Record<string, string>> = {
  'an id is in two tables': `
    SELECT id FROM (SELECT id FROM job UNION ALL SELECT id FROM failed_job UNION ALL SELECT id FROM finished_job
                    UNION ALL SELECT id FROM archived_job) AS every_job
     GROUP BY id HAVING count(*) > 1`,
  'I2, I3: a processing row without claim, attempt or owner': `
    SELECT id FROM job WHERE state = 'processing' AND (claim_seq < 1 OR attempt < 1 OR station_id IS NULL OR claimed_at IS NULL)`,
  'I10: a processing row whose station is not known': `
    SELECT id FROM job WHERE state = 'processing' AND station_id NOT IN (SELECT id FROM station)`,
  'I6: a waiting row that still has an owner': `
    SELECT id FROM job WHERE state <> 'processing' AND station_id IS NOT NULL`,
  'a live row in a state of the other tables': `
    SELECT id FROM job WHERE state NOT IN ('scheduled', 'pending', 'blocked', 'processing', 'retrying')`,
  'a finished row in a state of the other tables': `
    SELECT id FROM finished_job WHERE state NOT IN ('completed', 'cancelled')
    UNION ALL SELECT id FROM archived_job WHERE state NOT IN ('completed', 'cancelled')`,
  'a completed row that was never claimed': `
    SELECT id FROM finished_job WHERE state = 'completed' AND (claim_seq < 1 OR attempt < 1)`,
  'I9: counters of a live row beyond its budget': `
    SELECT id FROM job WHERE crashes >= max_crashes OR exceptions > failures OR failures + crashes > attempt`,
  'I9: counters of a failed row beyond its budget': `
    SELECT id FROM failed_job WHERE crashes > max_crashes OR exceptions > failures OR failures + crashes > attempt`,
  'I3: more attempts than claims': `
    SELECT id FROM (SELECT id, attempt, claim_seq FROM job UNION ALL SELECT id, attempt, claim_seq FROM failed_job
                    UNION ALL SELECT id, attempt, claim_seq FROM finished_job
                    UNION ALL SELECT id, attempt, claim_seq FROM archived_job) AS every_job
     WHERE attempt > claim_seq OR attempt < 0`,
  'the position is not run-at less a second per weight': `
    SELECT id FROM job WHERE position <> run_at - weight * 1000`,
  'I15: an attempt row of a claim that is still to come': `
    SELECT ended.job_id AS id FROM every_job_attempt AS ended
      JOIN (SELECT id, claim_seq FROM job UNION ALL SELECT id, claim_seq FROM failed_job
            UNION ALL SELECT id, claim_seq FROM finished_job
            UNION ALL SELECT id, claim_seq FROM archived_job) AS every_job ON every_job.id = ended.job_id
     WHERE ended.claim_seq > every_job.claim_seq`,
  'an attempt row without its job': `
    SELECT job_id AS id FROM every_job_attempt
     WHERE job_id NOT IN (SELECT id FROM job UNION ALL SELECT id FROM failed_job UNION ALL SELECT id FROM finished_job
                          UNION ALL SELECT id FROM archived_job)`,
  'a failed row without its attempt row': `
    SELECT id FROM failed_job WHERE NOT EXISTS (SELECT 1 FROM every_job_attempt AS ended
     WHERE ended.job_id = failed_job.id AND ended.claim_seq = failed_job.claim_seq)`,
  'a dead letter that came from where it is': `
    SELECT id FROM failed_job WHERE origin_queue = queue`,
  'a kept payload without its finished row': `
    SELECT id FROM finished_payload WHERE id NOT IN (SELECT id FROM finished_job)`,
  'a negative count': `
    SELECT count AS id FROM tally WHERE count < 0`,
  'a number beyond the safe integers': `
    SELECT id FROM job WHERE id > 9007199254740991 OR id < 1`,
}

/** Every invariant of RELIABILITY.md 1.3 that the rows alone can show; throws with the rows that break one. */
export async function assertInvariants(opened: OpenedStore, given: GivenFacts = {}): Promise<void> {
  for (const [rule, query] of Object.entries(breaches)) {
    expect(await opened.sql(query), rule).toEqual([])
  }
  const { metrics } = opened.store
  const recounted = inOrder(await metrics.recount())
  expect(inOrder(await metrics.tallies()), 'I16: counters shown = counters recounted').toEqual(recounted)
  expect(inOrder(await countRows(opened)), 'recount() = the rows').toEqual(recounted)
  if (given.endedRuns !== undefined) {
    const [row] = await opened.sql('SELECT coalesce(sum(count), 0) AS runs FROM minute_metric')
    expect(Number(row?.runs), 'minute metrics = ended runs').toBe(given.endedRuns)
  }
}

async function countRows(opened: OpenedStore): Promise<readonly Tally[]> {
  const rows = await opened.sql(`
    SELECT queue, type, state, count(*) AS count
      FROM (SELECT queue, type, state FROM job UNION ALL SELECT queue, type, 'failed' FROM failed_job
            UNION ALL SELECT queue, type, state FROM finished_job
            UNION ALL SELECT queue, type, state FROM archived_job) AS every_job
     GROUP BY queue, type, state`)
  return rows.map((row) => ({ ...row, count: Number(row.count) }) as unknown as Tally)
}

/** Tallies in one order, so that two lists can be compared. */
export function inOrder(tallies: readonly Tally[]): readonly Tally[] {
  return tallies
    .map(({ queue, type, state, count }) => ({ queue, type, state, count }))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

function keyOf({ queue, type, state }: Tally): string {
  return JSON.stringify([queue, type, state])
}
