import type { Pool, PoolClient } from 'pg'
import { isStellwerkError, StellwerkError } from '../../domain/errors.ts'
import { sqlStateOf, toStellwerkError } from './postgres-errors.ts'

/** Sends one statement, unnamed, and gives its rows. @throws StellwerkError */
export interface PostgresStatements {
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<readonly R[]>
}

/** Sends one statement, unnamed, and gives each row as the array of its columns. @throws StellwerkError */
export interface PostgresRows {
  rows<R extends unknown[]>(text: string, values?: readonly unknown[]): Promise<readonly R[]>
}

/** Statements of one transaction. They may be sent without awaiting each: they run in the order of sending. */
export interface PostgresTransaction extends PostgresStatements {
  /** Sends a statement whose rows nobody needs; it goes on the wire together with COMMIT. Its failure fails the transaction. */
  send(text: string, values?: readonly unknown[]): void
}

/** What a pool of connections is bound to. */
export interface PostgresPlace {
  /** Quoted schema name, ready for SQL. */
  readonly schema: string
  /** The schema's bare name, for channels and advisory keys. */
  readonly schemaName: string
  /** Host, port and database, without credentials. */
  readonly place: string
}

/**
 * What a transaction writes it finds by id. A table that was vacuumed while it was empty counts as one row, and the planner then reads all of it for
 * every settlement, by a full scan of the table or of an index: with both refused only bitmap scans are left, and those need the id.
 */
const begin = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '2s'; SET LOCAL idle_in_transaction_session_timeout = '30s';
  SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off`

const transactionAborted = '25P02'
const repeatable = new Set(['40001', '40P01'])
const maxRepeats = 3

/** The pool of one schema. Nothing of it needs a session: no SET, no named statement, no session lock. */
export class PostgresDatabase implements PostgresStatements, PostgresRows {
  readonly schema: string
  readonly schemaName: string
  readonly place: string
  readonly #pool: Pool
  #closing: Promise<void> | undefined

  constructor(pool: Pool, place: PostgresPlace) {
    this.#pool = pool
    this.schema = place.schema
    this.schemaName = place.schemaName
    this.place = place.place
  }

  /** One statement in a transaction of its own; repeated after a deadlock. @throws StellwerkError, CLOSED after `close` */
  query<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    return this.#alone((client) => this.#ask<R>(client, text, values))
  }

  /** As {@link query}, for thousands of rows: arrays are half the work of objects. @throws as query */
  rows<R extends unknown[]>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    return this.#alone((client) => this.#rowsOf(client.query<R>({ text, values: [...values], rowMode: 'array' })))
  }

  /** Begins, works, commits; rolls back when `work` throws. Repeated after a deadlock, so `work` must bear that. @throws StellwerkError */
  transaction<T>(work: (tx: PostgresTransaction) => Promise<T>): Promise<T> {
    return this.#repeat(() => this.#transactOnce(work))
  }

  get isClosed(): boolean {
    return this.#closing !== undefined
  }

  /** Waits for what is under way. Safe to repeat. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end()
    return this.#closing
  }

  /** On a connection of the pool, outside of any transaction. */
  #alone<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#repeat(async () => {
      const client = await this.#connect()
      return await this.#use(client, () => work(client))
    })
  }

  /** What PostgreSQL rolled back because of others is done again. */
  async #repeat<T>(work: () => Promise<T>): Promise<T> {
    for (let repeats = 0; ; repeats++) {
      try {
        return await work()
      } catch (error) {
        if (repeats >= maxRepeats || !repeatable.has(sqlStateOf(error) ?? '')) throw error
      }
    }
  }

  async #transactOnce<T>(work: (tx: PostgresTransaction) => Promise<T>): Promise<T> {
    const client = await this.#connect()
    return await this.#use(client, async () => {
      const sent: Promise<unknown>[] = []
      let first: unknown
      const ask = <R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
        this.#ask<R>(client, text, values).catch((error: unknown) => {
          first ??= error
          throw error
        })
      const send = (text: string, values: readonly unknown[] = []): void => {
        const answer = ask(text, values)
        // A rejection is thrown by the await before the end; until then it must not count as unhandled.
        answer.catch(() => {})
        sent.push(answer)
      }
      send(begin)
      try {
        const result = await work({ query: ask, send })
        const commit = this.#commit(client)
        commit.catch(() => {})
        await Promise.all(sent)
        await commit
        return result
      } catch (error) {
        await Promise.allSettled(sent)
        // On a lost connection nobody would answer, for as long as the first statement waited; and the client is destroyed.
        if (!isStellwerkError(error, 'STORE_UNREACHABLE')) await this.#ask(client, 'ROLLBACK', [])
        // Statements sent behind one that failed fail too, and may be heard of sooner: they say nothing about why.
        throw sqlStateOf(error) === transactionAborted ? first : error
      }
    })
  }

  async #commit(client: PoolClient): Promise<void> {
    try {
      const { command } = await client.query('COMMIT')
      if (command === 'ROLLBACK') throw new StellwerkError('INTERNAL', 'PostgreSQL answered COMMIT with ROLLBACK.')
      // The answer to another statement: what became of this one is unclear, and nobody may use the connection again.
      if (command !== 'COMMIT') throw new Error(`answers are out of step, COMMIT was answered with ${command}`)
    } catch (error) {
      throw toStellwerkError(error, this.place)
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#closing !== undefined) throw new StellwerkError('CLOSED', 'The store is closed.')
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw toStellwerkError(error, this.place)
    }
  }

  #ask<R extends object>(client: PoolClient, text: string, values: readonly unknown[]): Promise<readonly R[]> {
    return this.#rowsOf(client.query<R>(text, [...values]))
  }

  async #rowsOf<R>(asked: Promise<{ readonly rows: readonly R[] }>): Promise<readonly R[]> {
    try {
      return (await asked).rows
    } catch (error) {
      throw toStellwerkError(error, this.place)
    }
  }

  /** Gives the client back; one whose connection is in doubt is destroyed. */
  async #use<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      client.release()
      return result
    } catch (error) {
      client.release(isStellwerkError(error, 'STORE_UNREACHABLE'))
      throw error
    }
  }
}
