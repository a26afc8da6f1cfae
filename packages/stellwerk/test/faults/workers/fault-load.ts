import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { LiveDatabase } from '../live-database.ts'
import type { WorkPayload } from './fault-jobs.ts'
import { type FaultStation, readSink } from './fault-station.ts'

/** The file of which handlers tell. */
export function sinkOf(database: LiveDatabase): string {
  return join(database.folder, 'sink')
}

/** Dispatches `count` jobs that take `ms` each; deaths of their process do not end them. */
export async function dispatchWork(
  database: LiveDatabase,
  count: number,
  { ms, busy = false, once = false }: Pick<WorkPayload, 'ms' | 'busy' | 'once'>,
): Promise<readonly number[]> {
  const job = {
    type: 'work',
    typeVersion: 1,
    queue: 'default',
    priority: 0,
    weight: 0,
    payload: JSON.stringify({ ms, sink: sinkOf(database), busy, once } satisfies WorkPayload),
    options: null,
    delayMs: 0,
    runAt: null,
    tries: 3,
    maxCrashes: 1_000,
    parentId: null,
    runId: null,
  }
  return await database.store.dispatch.insertJobs({
    token: randomUUID(),
    jobs: Array.from({ length: count }, () => job),
  })
}

/** How many jobs have not come to their end. */
export async function openJobs(database: LiveDatabase): Promise<number> {
  const [row] = await database.sql('SELECT count(*) AS n FROM job')
  return Number(row?.['n'])
}

/** How many jobs a station holds. */
export async function heldBy({ sql }: LiveDatabase, { child }: FaultStation): Promise<number> {
  const held = `SELECT id FROM job WHERE state = 'processing' AND station_id IN (SELECT id FROM station WHERE pid = ${child.pid})`
  return (await sql(held)).length
}

/** Every job completed, once, by its newest claim; no handler began twice under one claim, and the counters are those of the rows. */
export async function expectAllDone(database: LiveDatabase, ids: readonly number[]): Promise<void> {
  const rows = await database.sql(`SELECT id, claim_seq FROM finished_job WHERE state = 'completed' ORDER BY id`)
  expect(rows.map(({ id }) => Number(id))).toEqual(ids.toSorted((one, other) => one - other))
  expect(await openJobs(database)).toBe(0)
  expect(await database.sql('SELECT id FROM failed_job')).toEqual([])
  const sink = readSink(sinkOf(database))
  const starts = sink.filter(({ verb }) => verb === 'start').map(({ id, fence }) => `${id}:${fence}`)
  expect(new Set(starts).size, 'no claim was started twice').toBe(starts.length)
  const ends = new Set(sink.filter(({ verb }) => verb === 'end').map(({ id, fence }) => `${id}:${fence}`))
  for (const { id, claim_seq: seq } of rows)
    expect(ends, `job ${id} ended under its last claim`).toContain(`${id}:${seq}`)
  const { metrics } = database.store
  const shown = (tallies: Awaited<ReturnType<typeof metrics.tallies>>): readonly string[] =>
    tallies
      .filter(({ count }) => count !== 0)
      .map(({ state, count }) => `${state} ${count}`)
      .toSorted()
  expect(shown(await metrics.tallies())).toEqual(shown(await metrics.recount()))
}
