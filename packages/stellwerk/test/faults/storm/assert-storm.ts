import { expect } from 'vitest'
import { assertInvariants } from '../../../src/storage/conformance/invariants.ts'
import type { Row } from '../../../src/storage/conformance/store-harness.ts'
import type { LiveDatabase } from '../live-database.ts'
import type { StormLog } from './conduct-storm.ts'
import { acknowledged, type HistoryReport, readSink, reportHistory, type SunkRun, type Witness } from './history.ts'
import type { StormEvent, StormPayload } from './storm-event.ts'

const FINISHED = `
  SELECT id, state, attempt, failures, crashes, claim_seq, null AS kind FROM finished_job
  UNION ALL SELECT id, 'failed', attempt, failures, crashes, claim_seq, kind FROM failed_job`

/** Nothing lost, nothing completed twice, nobody innocent failed, and all counters right; returns the figures of the storm. */
export async function assertStorm(database: LiveDatabase, log: StormLog): Promise<HistoryReport> {
  const sink = readSink(log.sinkPath)
  const jobs = acknowledged(log.witnesses)
  const rows = new Map((await database.sql(FINISHED)).map((row) => [Number(row['id']), row]))
  const lost = [...jobs.keys()].filter((id) => !rows.has(id))
  expect(lost, 'I1: acknowledged jobs without a final row').toEqual([])
  const report = reportHistory(log.witnesses, sink, await endedRuns(database))
  expect(report.completedTwice, 'completions accepted twice').toBe(0)
  assertOneStartPerClaim(sink)
  const effects = new Set(
    sink.filter(({ phases }) => phases.includes('end')).map(({ id, claimSeq }) => `${id} ${claimSeq}`),
  )
  for (const [id, payload] of jobs) assertEnd(rows.get(id), payload, effects)
  await assertCrashesRan(database, log.witnesses)
  await assertCounters(database)
  return report
}

/** I2: at most one run per (job, claim_seq), in whatever process. */
export function assertOneStartPerClaim(sink: readonly SunkRun[]): void {
  const twice = sink.filter(({ phases }) => phases.filter((phase) => phase === 'start').length > 1)
  expect(twice, 'I2: one claim that ran twice').toEqual([])
}

/** Each job ended as its payload says, and its budgets are what it used. */
function assertEnd(row: Row | undefined, payload: StormPayload, effects: ReadonlySet<string>): void {
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

/** Only a job that was started in the process that died has a crash counted. */
async function assertCrashesRan(database: LiveDatabase, witnesses: readonly Witness[]): Promise<void> {
  const started = new Set(witnesses.flatMap(({ events }) => startsOf(events)))
  for (const row of await database.sql(`SELECT job_id, station_id FROM job_attempt WHERE kind = 'crash'`)) {
    const [station, job] = [String(row['station_id']), String(row['job_id'])]
    const ran = started.has(`${station} ${job}`) || started.has(`${unnamed} ${job}`)
    expect(ran, `a crash of what never started: job ${job} on ${station}`).toBe(true)
  }
}

/** A station that had not yet told its id. */
const unnamed = '?'

/** What a process started, as 'station job'. */
function startsOf(events: readonly StormEvent[]): readonly string[] {
  const starts: string[] = []
  let station = unnamed
  for (const event of events) {
    if (event.e === 'ready' || event.e === 'identity') station = event.station
    else if (event.e === 'station' && event.event.kind === 'started') starts.push(`${station} ${event.event.id}`)
  }
  return starts
}

/** Runs whose end was accepted, as the rows have them. */
async function endedRuns(database: LiveDatabase): Promise<number> {
  const [row] = await database.sql(
    `SELECT (SELECT count(*) FROM finished_job WHERE state = 'completed') + (SELECT count(*) FROM job_attempt WHERE kind <> 'crash') AS runs`,
  )
  return Number(row?.['runs'])
}

/** Tallies, minute metrics and the rows agree; SQLite's own check too. */
export async function assertCounters(database: LiveDatabase): Promise<void> {
  await assertInvariants(database, { endedRuns: await endedRuns(database) })
  if (database.store.kind === 'sqlite')
    expect(await database.sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
}
