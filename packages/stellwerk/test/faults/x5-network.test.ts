import { expect, inject, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { FaultProxy, type ProxyShape } from '../setup/fault-proxy.ts'
import { checkHistory } from './checker/check-history.ts'
import { countBy } from './checker/history.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { openLiveDatabase } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'

const figure = faultFigure({
  npm: { cuts: 25, jobs: 1_500, limitMs: 110_000 },
  ci: { cuts: 500, jobs: 20_000, limitMs: 1_200_000 },
  release: { cuts: 10_000, jobs: 400_000, limitMs: 36_000_000 },
})

type Kind = 'reset' | 'commit' | 'dispatch' | 'update' | 'slow' | 'narrow' | 'dark' | 'down'

/** What the network does, in turn. */
const kinds: readonly Kind[] = [
  ...(['commit', 'dark', 'dispatch', 'reset', 'commit', 'update', 'slow', 'dispatch', 'commit', 'reset'] as const),
  ...(['commit', 'narrow', 'dispatch', 'commit', 'update', 'down', 'dispatch', 'commit', 'update', 'reset'] as const),
]

type Strike = (proxy: FaultProxy, random: () => number) => Promise<void>

async function shaped(proxy: FaultProxy, shape: ProxyShape, chosen: number): Promise<void> {
  proxy.shape(shape)
  await sleep(600)
  proxy.shape({})
  proxy.reset(chosen)
}

const strikes: Readonly<Record<Kind, Strike>> = {
  reset: async (proxy, random) => proxy.reset(random()),
  commit: (proxy) => loseAnswer(proxy, 'COMMIT\0'),
  dispatch: (proxy) => loseAnswer(proxy, 'INSERT 0 1\0'),
  update: (proxy) => loseAnswer(proxy, 'UPDATE '),
  slow: (proxy, random) => shaped(proxy, { latencyMs: 200 }, random()),
  narrow: (proxy, random) => shaped(proxy, { bytesPerSecond: 10_000 }, random()),
  dark: async (proxy, random) => {
    proxy.goDark()
    await sleep(300 + random() * 400)
    proxy.comeToLight()
  },
  down: async (proxy, random) => {
    proxy.goDown()
    await sleep(random() * 300)
    proxy.comeUp()
  },
}

/** Does one thing to the network; true when it has cut a connection. */
async function strikeOnce(proxy: FaultProxy, kind: Kind, random: () => number): Promise<boolean> {
  const before = proxy.cuts
  await strikes[kind](proxy, random)
  return proxy.cuts > before
}

/** The answer that says this is lost with its connection: a commit, a dispatch, a claim or a renewal that was done. */
async function loseAnswer(proxy: FaultProxy, tag: string): Promise<void> {
  const before = proxy.cuts
  proxy.cutAt(tag)
  for (let waits = 0; waits < 50 && proxy.cuts === before; waits++) await sleep(10)
  proxy.relent()
}

test('X5: a network that resets, delays, swallows and loses answers loses no job and makes none twice', {
  timeout: figure.limitMs + 30_000,
}, async () => {
  const seed = faultSeed('X5')
  const random = randomOf(seed)
  const database = await openLiveDatabase('postgres')
  onTestFinished(() => database.close())
  const proxy = await FaultProxy.start(inject('postgresUrl'))
  onTestFinished(() => proxy.close())
  const address = { ...database.address, store: proxy.through(database.address.store) }
  const { limitMs, jobs, cuts } = figure
  const storm = new Storm({ database, address, seed, stations: 4, concurrency: 8, leaseMs: 1_000, limitMs })
  onTestFinished(() => storm.abort())
  storm.startStations()
  const struck: Kind[] = []
  let tried = 0
  const fired = await storm.rage({
    ...{ jobs, times: cuts, pauseMs: 120 },
    strike: async () => {
      const kind = kinds[tried++ % kinds.length] ?? 'reset'
      const hasCut = await strikeOnce(proxy, kind, random)
      if (hasCut) struck.push(kind)
      return hasCut
    },
  })
  await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
  const log = await storm.calm()
  const history = await checkHistory(database, log)
  expect(fired, 'the fault fired').toBe(cuts)
  expect(struck.filter((kind) => kind === 'commit').length, 'commits were lost').toBeGreaterThan(0)
  expect(proxy.swallowed, 'a black hole swallowed something').toBeGreaterThan(0)
  expect(history.refusedDispatches, 'an unclear commit is settled, not refused').toBe(0)
  const [written] = await database.sql(
    'SELECT (SELECT count(*) FROM finished_job) + (SELECT count(*) FROM failed_job) AS jobs',
  )
  expect(Number(written?.['jobs']), 'every job that is there was acknowledged').toBe(history.acknowledged)
  const kindsStruck = Object.fromEntries(countBy(struck))
  report('X5', {
    store: 'postgres',
    seed,
    fired,
    cuts: proxy.cuts,
    ...kindsStruck,
    ...history,
    elapsedMs: log.elapsedMs,
  })
})
