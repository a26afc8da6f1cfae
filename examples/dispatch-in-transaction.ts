// An order and its job are committed together, or neither is. Here both live in one SQLite file; with PostgreSQL, pass a pool of pg in place of the database.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { defineJob, openStellwerk, withTransaction } from 'stellwerk'
import { z } from 'zod'

const ship = defineJob({
  name: 'ship',
  payload: z.object({ order: z.number() }),
  handle({ order }) {
    console.log(`shipping order ${order}`)
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'app.db')}`, jobs: [ship] })

const database = new DatabaseSync(join(folder, 'app.db'))
database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL CHECK (total > 0))')

async function placeOrder(id: number, total: number): Promise<void> {
  await withTransaction(database, async (tx) => {
    await stellwerk.dispatch(ship, { order: id }, { tx })
    tx.prepare('INSERT INTO orders (id, total) VALUES (?, ?)').run(id, total)
  })
}

await placeOrder(1, 20)
await placeOrder(2, 0).catch(() => console.log('order 2 was refused, and its job went with it'))
await placeOrder(3, 30)
console.log(`${(await stellwerk.jobs()).jobs.length} jobs`)

const station = await stellwerk.work({ stateDir: folder, concurrency: 1 })
await station.untilIdle()

database.close()
await stellwerk.close()
await rm(folder, { recursive: true })
