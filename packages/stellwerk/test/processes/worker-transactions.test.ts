import { expect, test } from 'vitest'
import { storeKinds } from '../faults/live-database.ts'
import { openOrderBook } from '../transactions/order-book.ts'
import { ownDatabase } from '../transactions/own-database.ts'
import { sell } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

const ends = [undefined, 'rolled back', 'killed before', 'killed after'] as const

test.for(storeKinds)(
  'on %s a worker completes in a transaction of its own connection, whatever ends it',
  async (kind) => {
    const { stellwerk, database, until, events } = await startProcesses(kind, { concurrency: 1 })
    const address = await ownDatabase(database)
    const book = await openOrderBook(address)
    try {
      const jobs = await stellwerk.dispatchMany(
        ends.map((end, order) => sell.with({ order, book: address, ...(end !== undefined && { end }) })),
      )
      const ended = await Promise.all(jobs.map(({ id }) => until(id, hasEnded)))
      expect(
        ended.map(({ job: { state, attempt, failures, crashes } }) => [state, attempt, failures, crashes]),
      ).toEqual([
        ['completed', 1, 0, 0],
        ['completed', 2, 1, 0],
        ['completed', 2, 0, 1],
        ['completed', 1, 0, 0],
      ])
      expect(await book.orders(), 'each was sold once').toEqual([0, 1, 2, 3])
      for (const [order, { job }] of ended.entries()) {
        const result = JSON.parse(String(job.result)) as { readonly order: number; readonly pid: number }
        expect(result.order).toBe(order)
        expect(result.pid, 'in another process').not.toBe(process.pid)
      }
      // A station learns of a completion that is not its own after the store has it.
      const told = (end: string) => events.filter((event) => event.kind === 'ended' && event.outcome === end).length
      await expect.poll(() => [told('refused') > 0, told('completed') >= 3], { timeout: 20_000 }).toEqual([true, true])
      expect(told('completed'), 'of the killed one nobody could tell').toBe(3)
      expect(await database.sql('SELECT count(*) AS left FROM job')).toEqual([{ left: 0 }])
    } finally {
      await book.close()
    }
  },
)
