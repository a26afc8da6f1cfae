// What a handler writes and the end of its job are one commit: here a payment is booked exactly once, although its first two attempts fail halfway.
// With PostgreSQL, pass a pool of pg in place of the database.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { defineJob, openStellwerk, withTransaction } from 'stellwerk'
import { z } from 'zod'

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const path = join(folder, 'app.db')

const book = defineJob({
  name: 'book-payment',
  payload: z.object({ account: z.string(), cents: z.number() }),
  backoff: '10ms',
  async handle({ account, cents }, ctx) {
    await withTransaction(database, async (tx) => {
      tx.prepare('UPDATE accounts SET cents = cents + ? WHERE name = ?').run(cents, account)
      await ctx.completeIn(tx, { booked: cents })
      if (ctx.attempt < 3) throw new Error('the connection to the printer was lost')
    })
  },
})

const stellwerk = await openStellwerk({ store: `sqlite:${path}`, jobs: [book] })
const database = new DatabaseSync(path)
database.exec(
  "CREATE TABLE accounts (name TEXT PRIMARY KEY, cents INTEGER NOT NULL); INSERT INTO accounts VALUES ('Ada', 0)",
)

const { id } = await stellwerk.dispatch(book, { account: 'Ada', cents: 1999 })
const station = await stellwerk.work({ stateDir: folder, concurrency: 1 })
while ((await stellwerk.job(id)).state !== 'completed') await pause(20)
await station.stop()

const { attempt, result } = await stellwerk.job(id)
console.log(`completed at attempt ${attempt}, result ${result}`)
console.log(`booked ${database.prepare('SELECT cents FROM accounts').get()?.['cents']} cents`)

database.close()
await stellwerk.close()
await rm(folder, { recursive: true })
