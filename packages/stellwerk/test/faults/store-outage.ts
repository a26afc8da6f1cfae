import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { FaultProxy } from '../setup/fault-proxy.ts'
import type { LiveDatabase } from './live-database.ts'

/** How the store goes away, and comes back. */
export interface Outage {
  readonly address: LiveDatabase['address']
  readonly begin: () => void
  readonly end: () => void
}

/** Somebody else holds the one write lock of the file. */
function lockedFile({ address }: LiveDatabase, atEnd: typeof onTestFinished): Outage {
  const holder = new DatabaseSync(address.store.slice('sqlite:'.length), { timeout: 10_000 })
  atEnd(() => holder.close())
  return { address, begin: () => holder.exec('BEGIN EXCLUSIVE'), end: () => holder.exec('ROLLBACK') }
}

/** The server is out of reach: by turns nothing answers, and connections are refused. */
async function cutOffServer({ address }: LiveDatabase, atEnd: typeof onTestFinished): Promise<Outage> {
  const proxy = await FaultProxy.start(address.store)
  atEnd(() => proxy.close())
  let times = 0
  return {
    address: { ...address, store: proxy.through(address.store) },
    begin: () => (times++ % 2 === 0 ? proxy.goDown() : proxy.goDark()),
    end: () => {
      proxy.comeUp()
      proxy.comeToLight()
    },
  }
}

/** A store that goes away on demand, for whoever opens it by the address of the outage. Tests side by side pass `atEnd` of their own context. */
export async function storeOutage(
  database: LiveDatabase,
  atEnd: typeof onTestFinished = onTestFinished,
): Promise<Outage> {
  return database.store.kind === 'sqlite' ? lockedFile(database, atEnd) : await cutOffServer(database, atEnd)
}
