import { expect } from 'vitest'
import { assertInvariants } from '../../../src/storage/conformance/invariants.ts'
import type { Row } from '../../../src/storage/conformance/store-harness.ts'
import type { LiveDatabase } from '../live-database.ts'
import { checkClaims } from './check-claims.ts'
import { checkStations } from './check-stations.ts'
import { acknowledged, type FaultLog, type HistoryReport, readSink, reportHistory, type SunkRun } from './history.ts'
import type { FaultPayload } from './history-event.ts'

const FINISHED = `
  SELECT id, state, attempt, failures, crashes, claim_seq, null AS kind FROM finished_job
  UNION ALL SELECT id, 'failed', attempt, failures, crashes, claim_seq, kind FROM failed_job`

const PAYLOADS = `
  SELECT payload FROM finished_payload UNION ALL SELECT payload FROM failed_job UNION ALL SELECT payload FROM job`

/**
 * Reads the store by a client of its own when every job has come to its end, and holds it against what all processes told and the sink shows: invariants I1 to
 * I10, I15 and I16. Returns the figures of the fault.
 */
export async function checkHistory(database: LiveDatabase, log: FaultLog): Promise<HistoryReport> {
  const { witnesses } = log
  const sink = readSink(log.sinkPath)
  const jobs = acknowledged(witnesses)
  const rows = new Map((await database.sql(FINISHED)).map((row) => [Number(row['id']), row]))
  const lost = [...jobs.keys()].filter((id) => !rows.has(id))
  expect(lost, 'I1: acknowledged jobs without a final row').toEqual([])
  assertOneStartPerClaim(sink)
  checkClaims(witnesses, new Map([...rows].map(([id, row]) => [id, Number(row['claim_seq'])])))
  const effects = new Set(
    sink.filter(({ phases }) => phases.includes('end')).map(({ id, claimSeq }) => `${id} ${claimSeq}`),
  )
  for (const [id, payload] of jobs) assertEnd(rows.get(id), payload, effects)
  await assertNoDispatchTwice(database)
  await checkStations(database, witnesses)
  await assertCounters(database)
  return reportHistory(witnesses, sink, { endedRuns: await endedRuns(database), lost: lost.length })
}

/** I2: at most one run per (job, claim_seq), in whatever process. */
export function assertOneStartPerClaim(sink: readonly SunkRun[]): void {
  const twice = sink.filter(({ phases }) => phases.filter((phase) => phase === 'start').length > 1)
  expect(twice, 'I2: one claim that ran twice').toEqual([])
}

/** A dispatch whose answer was lost is done once: no key has two rows. */
async function assertNoDispatchTwice(database: LiveDatabase): Promise<void> {
  const seen = new Set<string>()
  const twice: string[] = []
  for (const { payload } of await database.sql(PAYLOADS)) {
    const { key } = JSON.parse(String(payload)) as Partial<FaultPayload>
    if (key === undefined) continue
    if (seen.has(key)) twice.push(key)
    seen.add(key)
  }
  expect(twice, 'one dispatch that made two jobs').toEqual([])
}

/** Each job ended as its payload says, and its budgets are what it used. */
function assertEnd(row: Row | undefined, payload: FaultPayload, effects: ReadonlySet<string>): void {
  const shown = { ...row, payload }
  const [attempt, failures, crashes] = [Number(row?.['attempt']), Number(row?.['failures']), Number(row?.['crashes'])]
  // A crash keeps its attempt, so a job that was to fail on its first attempts may have crashed on one of them instead.
  const fails = payload.failures - crashes >= 3
  expect(row?.['kind'] === 'crash', `no innocent job fails: ${JSON.stringify(shown)}`).toBe(false)
  expect(row?.['state'], JSON.stringify(shown)).toBe(fails ? 'failed' : 'completed')
  expect(failures, JSON.stringify(shown)).toBeLessThanOrEqual(payload.failures)
  expect(failures + crashes, JSON.stringify(shown)).toBeGreaterThanOrEqual(fails ? 3 : payload.failures)
  expect(attempt, `no budget is lost by what never started: ${JSON.stringify(shown)}`).toBe(
    failures + crashes + (fails ? 0 : 1),
  )
  if (!fails)
    expect(
      effects.has(`${String(row?.['id'])} ${String(row?.['claim_seq'])}`),
      'the completion is of a run that ended',
    ).toBe(true)
}

/** Runs whose end was accepted, as the rows have them. */
async function endedRuns(database: LiveDatabase): Promise<number> {
  const [row] = await database.sql(
    `SELECT (SELECT count(*) FROM finished_job WHERE state = 'completed') + (SELECT count(*) FROM every_job_attempt WHERE kind <> 'crash') AS runs`,
  )
  return Number(row?.['runs'])
}

/** Every invariant that the rows alone can show, tallies and minute metrics against the rows among them; SQLite's own check too. */
export async function assertCounters(database: LiveDatabase): Promise<void> {
  await assertInvariants(database, { endedRuns: await endedRuns(database) })
  if (database.store.kind === 'sqlite')
    expect(await database.sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
}
