import { expect } from 'vitest'
import type { LiveDatabase } from '../live-database.ts'
import { startsOf, type Witness } from './history.ts'
import type { HistoryEvent } from './history-event.ts'

/** What the rows say of stations against what these told: who was rescued, and what was charged for it. */
export async function checkStations(database: LiveDatabase, witnesses: readonly Witness[]): Promise<void> {
  await assertRescuedAfterLease(database, witnesses)
  await assertCrashesRan(database, witnesses)
  for (const { events } of witnesses) assertStartedOnce(events)
}

/** Identities of stations that did not sign off themselves. */
function lostIdentities({ events, killedAt }: Witness): readonly string[] {
  const identities = events.flatMap((event) =>
    (event.e === 'ready' || event.e === 'identity') && event.station !== '' ? [event.station] : [],
  )
  return killedAt === null ? identities.slice(0, -1) : identities
}

/** I7: nobody was declared dead while the lease held, in the store's own time. */
async function assertRescuedAfterLease(database: LiveDatabase, witnesses: readonly Witness[]): Promise<void> {
  const lost = new Set(witnesses.flatMap(lostIdentities))
  const early = await database.sql(
    `SELECT id, died_at, alive_until FROM station WHERE state = 'dead' AND died_at < alive_until`,
  )
  expect(
    early.filter(({ id }) => lost.has(String(id))),
    'I7: rescued before the end of its lease',
  ).toEqual([])
}

/** A station that had not yet told its id. */
const unnamed = '?'

/** Only a job that was started in the process that died has a crash counted. */
async function assertCrashesRan(database: LiveDatabase, witnesses: readonly Witness[]): Promise<void> {
  const started = new Set(witnesses.flatMap(({ events }) => startsByStation(events)))
  for (const row of await database.sql(`SELECT job_id, station_id FROM every_job_attempt WHERE kind = 'crash'`)) {
    const [station, job] = [String(row['station_id']), String(row['job_id'])]
    const ran = started.has(`${station} ${job}`) || started.has(`${unnamed} ${job}`)
    expect(ran, `a crash of what never started: job ${job} on ${station}`).toBe(true)
  }
}

/** What a process started, as 'station job'. */
function startsByStation(events: readonly HistoryEvent[]): readonly string[] {
  const starts: string[] = []
  let station = unnamed
  for (const event of events) {
    if (event.e === 'ready' || event.e === 'identity') station = event.station
    else if (event.e === 'station' && event.event.kind === 'started') starts.push(`${station} ${event.event.id}`)
  }
  return starts
}

/** I2, I3 within one process: it starts a claim once. */
function assertStartedOnce(events: readonly HistoryEvent[]): void {
  const starts = startsOf(events).map(({ id, claimSeq }) => `${id} ${claimSeq}`)
  expect(starts.length, 'one process that started one claim twice').toBe(new Set(starts).size)
}
