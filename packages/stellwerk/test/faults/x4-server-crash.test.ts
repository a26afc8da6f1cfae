import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sharedClockMs } from '../../src/std/shared-clock.ts'
import { sleep } from '../../src/std/sleep.ts'
import { answers, type EmbeddedPostgresServer, startEmbeddedPostgres } from '../setup/embedded-postgres-server.ts'
import { checkHistory } from './checker/check-history.ts'
import { type FaultLog, quantile, startsOf } from './checker/history.ts'
import { faultFigure, faultSeed, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'

const figure = faultFigure({
  npm: { crashes: 2, jobs: 1_000, limitMs: 110_000 },
  ci: { crashes: 10, jobs: 20_000, limitMs: 900_000 },
  release: { crashes: 200, jobs: 400_000, limitMs: 18_000_000 },
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5)
}

/** False where it has ended by itself before. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Kills one backend of ours: the server then drops all others and recovers. */
async function killBackend(database: LiveDatabase): Promise<void> {
  let pid = 0
  // After a crash nobody of ours may be back yet.
  await until(async () => {
    const [backend] = await database.sql(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'stellwerk' ORDER BY state = 'active' DESC, random() LIMIT 1`,
    )
    pid = Number(backend?.['pid'] ?? 0)
    return pid > 0 && kill(pid)
  })
  const began = `SELECT count(*) AS n FROM pg_stat_activity WHERE pid = ${pid}`
  await until(() =>
    database.sql(began).then(
      ([row]) => Number(row?.['n']) === 0,
      () => true,
    ),
  )
}

/** Ends the server as a crash does; its guard starts it again. */
async function endImmediately(server: EmbeddedPostgresServer): Promise<void> {
  const pid = (): Promise<string> => readFile(join(server.folder, 'pid'), 'utf8')
  const before = await pid()
  process.kill(Number(before), 'SIGQUIT')
  await until(async () => (await pid()) !== before)
}

/** How long after each return of the server until the first job was started, ms. */
function returns({ witnesses }: FaultLog, backAt: readonly number[]): readonly number[] {
  const starts = witnesses.flatMap(({ events }) => startsOf(events).map(({ at }) => at))
  return backAt.flatMap((back) => {
    const next = Math.min(...starts.filter((at) => at > back))
    return Number.isFinite(next) ? [Math.round(next - back)] : []
  })
}

test('X4: a server that crashes and comes back loses nothing, and work goes on by itself', {
  timeout: figure.limitMs + 60_000,
}, async () => {
  const seed = faultSeed('X4')
  const server = await startEmbeddedPostgres(['fsync=off'])
  onTestFinished(() => server.stop())
  await writeFile(join(server.folder, 'again'), '')
  const database = await openLiveDatabase('postgres', server.url)
  onTestFinished(() => database.close())
  const { crashes, jobs, limitMs } = figure
  const storm = new Storm({ database, seed, stations: 4, concurrency: 8, leaseMs: 1_000, limitMs })
  onTestFinished(() => storm.abort())
  storm.startStations()
  const backAt: number[] = []
  const awayMs: number[] = []
  const fired = await storm.rage({
    ...{ jobs, times: crashes, pauseMs: 3_000 },
    strike: async () => {
      const struckAt = sharedClockMs()
      if (backAt.length % 2 === 0) await endImmediately(server)
      else await killBackend(database)
      await until(() => answers(server.url))
      backAt.push(sharedClockMs())
      awayMs.push(Math.round(sharedClockMs() - struckAt))
      return true
    },
  })
  await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
  const log = await storm.calm()
  const history = await checkHistory(database, log)
  const recoveries = returns(log, backAt)
  expect(fired, 'the fault fired').toBe(crashes)
  expect(recoveries, 'work went on after each crash').toHaveLength(crashes)
  expect(Math.max(...recoveries), 'work goes on within 10 s of the return').toBeLessThan(10_000)
  expect(history.refusedDispatches, 'an unclear commit is settled, not refused').toBe(0)
  report('X4', {
    ...{
      store: 'postgres',
      seed,
      fired,
      serverAwayP50Ms: quantile(awayMs, 0.5),
      goesOnP50Ms: quantile(recoveries, 0.5),
    },
    ...{ goesOnMaxMs: Math.max(...recoveries), ...history, elapsedMs: log.elapsedMs },
  })
})
