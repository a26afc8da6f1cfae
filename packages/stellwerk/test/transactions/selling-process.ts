import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { openOrderBook } from './order-book.ts'

/** A station that is killed around its COMMIT: of an even order before, at its first attempt; of an odd one after. Ends when all jobs are completed. */
const book = await openOrderBook(process.env['BOOK'] ?? '')

async function die(when: string): Promise<void> {
  await new Promise((resolve) => process.send?.(when, resolve))
  process.kill(process.pid, 'SIGKILL')
  await pause(10_000)
}

const sell = defineJob({
  name: 'sell',
  payload: z.object({ order: z.number() }),
  async handle({ order }, ctx) {
    await book.sell(order, async (tx) => {
      await ctx.completeIn(tx)
      if (order % 2 === 0 && ctx.attempt === 1) await die(`before COMMIT ${order}`)
    })
    if (order % 2 === 1) await die(`after COMMIT ${order}`)
  },
})

const stellwerk = await openStellwerk({ ...JSON.parse(process.env['ADDRESS'] ?? '{}'), jobs: [sell] })
await stellwerk.work({ concurrency: 1, lease: '1s', stateDir: process.env['STATE_DIR'] ?? '' })
while ((await stellwerk.jobs({ states: ['completed'] })).jobs.length < 4) await pause(20)
await stellwerk.close()
await book.close()
process.disconnect()
