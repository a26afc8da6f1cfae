import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { JobContext } from '../../src/client/job-context.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import type { RunningStation, StationEvent } from '../../src/client/work-options.ts'
import { assertInvariants } from '../../src/storage/conformance/invariants.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from '../faults/live-database.ts'
import { type OrderBook, openOrderBook } from './order-book.ts'
import { ownDatabase } from './own-database.ts'

type Handle = (payload: { order: number }, ctx: JobContext, book: OrderBook) => Promise<unknown>

interface Shop {
  readonly database: LiveDatabase
  readonly stellwerk: Stellwerk
  readonly book: OrderBook
  readonly bookAddress: string
  readonly sell: ReturnType<typeof sellJob>
  readonly events: StationEvent[]
  work(): Promise<RunningStation>
}

function sellJob(handle: (payload: { order: number }, ctx: JobContext) => Promise<unknown>) {
  return defineJob({ name: 'sell', payload: z.object({ order: z.number() }), backoff: 1, tries: 50, handle })
}

/** A database, a station's worth of code, and the application's table beside it. */
async function openShop(kind: (typeof storeKinds)[number], handle: Handle): Promise<Shop> {
  const database = await openLiveDatabase(kind)
  onTestFinished(() => database.close())
  const bookAddress = await ownDatabase(database)
  const book = await openOrderBook(bookAddress)
  onTestFinished(() => book.close())
  const sell = sellJob((payload, ctx) => handle(payload, ctx, book))
  const stellwerk = await openStellwerk({ ...database.address, jobs: [sell] })
  onTestFinished(() => stellwerk.close())
  const events: StationEvent[] = []
  const work = () =>
    stellwerk.work({ stateDir: database.folder, concurrency: 4, onEvent: (event) => void events.push(event) })
  return { database, stellwerk, book, bookAddress, sell, events, work }
}

async function runToEnd({ stellwerk, sell, work, database }: Shop, orders: number): Promise<void> {
  await stellwerk.dispatchMany(Array.from({ length: orders }, (_, order) => sell.with({ order })))
  const station = await work()
  await vi.waitFor(
    async () => {
      const [left] = await database.sql('SELECT count(*) AS jobs FROM job')
      expect(Number(left?.jobs)).toBe(0)
    },
    { timeout: 60_000, interval: 50 },
  )
  await station.stop()
}

test.for(storeKinds)(
  'on %s each job takes effect once, however often its transactions are rolled back',
  async (kind) => {
    const shop = await openShop(kind, async ({ order }, ctx, book) => {
      ctx.progress(10)
      await book.sell(order, async (tx) => {
        await ctx.completeIn(tx, { order })
        if (Math.random() < 0.3) throw new Error('second thoughts')
      })
      if (Math.random() < 0.2) throw new Error('after the commit')
      return 'ignored'
    })
    await runToEnd(shop, 60)
    expect(await shop.book.orders()).toEqual(Array.from({ length: 60 }, (_, order) => order))
    const [{ id } = { id: 0 }] = (await shop.stellwerk.jobs({ states: ['completed'] })).jobs
    expect(await shop.stellwerk.job(id)).toMatchObject({ result: '{"order":59}', progress: 10 })
    const ended = shop.events.flatMap((event) => (event.kind === 'ended' ? [event.outcome] : []))
    expect(ended.filter((outcome) => outcome === 'completed')).toHaveLength(60)
    expect(ended).toContain('retrying')
    expect(ended).not.toContain('refused')
    await assertInvariants(shop.database, { endedRuns: ended.length })
  },
)

test.for(storeKinds)('on %s a handler that returns without its commit has failed, and says why', async (kind) => {
  const shop = await openShop(kind, async ({ order }, ctx, book) => {
    const rollback = new Error('rolled back on purpose')
    await book
      .sell(order, async (tx) => {
        await ctx.completeIn(tx)
        if (ctx.attempt === 1) throw rollback
      })
      .catch((error) => {
        if (error !== rollback) throw error
      })
  })
  await runToEnd(shop, 3)
  expect(await shop.book.orders()).toEqual([0, 1, 2])
  const { attempts } = await shop.stellwerk.jobDetails(1)
  expect(attempts).toMatchObject([
    { errorClass: 'NotCommittedError', message: expect.stringContaining('was not committed') },
  ])
  await assertInvariants(shop.database, { endedRuns: 6 })
})

test.for(storeKinds)('on %s a child dispatched in the same transaction comes with it', async (kind) => {
  const shop = await openShop(kind, async ({ order }, ctx, book) => {
    await book.sell(order, async (tx) => {
      await ctx.completeIn(tx)
      if (order === 0) await ctx.dispatch(shop.sell, { order: 1 }, { tx })
    })
  })
  await runToEnd(shop, 1)
  expect(await shop.book.orders()).toEqual([0, 1])
  expect((await shop.stellwerk.jobs()).jobs).toMatchObject([{ id: 2, parentId: 1 }, { id: 1 }])
})

test('a transaction that stays open holds up no other job of the station', async () => {
  const gate = Promise.withResolvers<void>()
  const shop = await openShop('postgres', async ({ order }, ctx, book) => {
    if (order > 0) return
    ctx.progress(1)
    await book.sell(order, async (tx) => {
      await ctx.completeIn(tx)
      ctx.progress(2)
      await gate.promise
    })
  })
  await shop.stellwerk.dispatch(shop.sell, { order: 0 })
  const station = await shop.work()
  await vi.waitFor(async () => expect(await openTransactions(shop)).toBe(1), { timeout: 20_000 })
  await shop.stellwerk.dispatchMany(Array.from({ length: 50 }, (_, index) => shop.sell.with({ order: index + 1 })))
  await vi.waitFor(async () => expect(await countFinished(shop)).toBe(50), { timeout: 20_000 })
  expect(await openTransactions(shop)).toBe(1)
  expect(await shop.stellwerk.deps().store.transactions.claimEnd({ id: 1, claimSeq: 1, claimedAt: 0 })).toBe(
    'undecided',
  )
  gate.resolve()
  await vi.waitFor(async () => expect(await countFinished(shop)).toBe(51), { timeout: 20_000 })
  await station.stop()
  await assertInvariants(shop.database, { endedRuns: 51 })
})

async function countFinished({ database }: Shop): Promise<number> {
  return Number((await database.sql('SELECT count(*) AS jobs FROM finished_job'))[0]?.jobs)
}

/** Connections that wait in a transaction whose last statement was of a completion. */
async function openTransactions({ database }: Shop): Promise<number> {
  const last = `%"${database.address.schema}".minute_metric%`
  const text = `SELECT count(*) AS open FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE $1`
  return Number((await database.sql(text, [last]))[0]?.open)
}

test.for(storeKinds)('on %s a process that is killed around its COMMIT leaves each job done once', async (kind) => {
  const shop = await openShop(kind, async () => {
    throw new Error('the jobs of this test run in processes of their own')
  })
  const orders = 4
  await shop.stellwerk.dispatchMany(Array.from({ length: orders }, (_, order) => shop.sell.with({ order })))
  const deaths: string[] = []
  for (let run = 0; run < 12 && (await countFinished(shop)) < orders; run++) {
    const child = fork(fileURLToPath(new URL('./selling-process.ts', import.meta.url)), {
      env: {
        ...process.env,
        ADDRESS: JSON.stringify(shop.database.address),
        BOOK: shop.bookAddress,
        STATE_DIR: shop.database.folder,
      },
    })
    child.on('message', (death) => void deaths.push(String(death)))
    // Its last word may be read after its end is known.
    const [exit] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
    const [code, signal] = exit as [number | null, string | null]
    expect([code, signal]).toEqual(signal === null ? [0, null] : [null, 'SIGKILL'])
  }
  expect(deaths.toSorted()).toEqual(['after COMMIT 1', 'after COMMIT 3', 'before COMMIT 0', 'before COMMIT 2'])
  expect(await shop.book.orders()).toEqual([0, 1, 2, 3])
  const { jobs } = await shop.stellwerk.jobs()
  expect(jobs.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual([
    'completed 1',
    'completed 2',
    'completed 1',
    'completed 2',
  ])
  await assertInvariants(shop.database, { endedRuns: orders })
})
