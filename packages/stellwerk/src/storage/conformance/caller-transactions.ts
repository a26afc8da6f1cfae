import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { CallerTransaction } from './store-harness.ts'

/** Connections of an application, used again once their transaction has ended. */
export interface Callers {
  /** A transaction that has begun. */
  begin(): Promise<CallerTransaction>
  /** Ends every connection. */
  close(): Promise<void>
}

/** Writers of the file at `path`: one at a time. */
export function sqliteCallers(path: string): Callers {
  const all: DatabaseSync[] = []
  return {
    begin: async () => {
      const tx = all.find((each) => !each.isTransaction) ?? new DatabaseSync(path, { timeout: 5_000 })
      if (!all.includes(tx)) all.push(tx)
      tx.exec('BEGIN IMMEDIATE')
      return { tx, commit: async () => tx.exec('COMMIT'), rollback: async () => tx.exec('ROLLBACK') }
    },
    close: async () => {
      for (const each of all) each.close()
    },
  }
}

/** Clients of the server at `address`, with the types that pg has by itself. */
export function postgresCallers(address: string): Callers {
  const all: Client[] = []
  const idle: Client[] = []
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: address })
    all.push(client)
    await client.connect()
    return client
  }
  return {
    begin: async () => {
      const tx = idle.pop() ?? (await connect())
      await tx.query('BEGIN')
      const end = async (how: string): Promise<void> => {
        await tx.query(how)
        idle.push(tx)
      }
      return { tx, commit: () => end('COMMIT'), rollback: () => end('ROLLBACK') }
    },
    close: async () => {
      await Promise.all(all.map((each) => each.end()))
    },
  }
}
