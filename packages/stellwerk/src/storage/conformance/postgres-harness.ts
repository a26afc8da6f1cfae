import { randomBytes } from 'node:crypto'
import { Client, types } from 'pg'
import { silentLog } from '../../std/log.ts'
import { openPostgresStore } from '../postgres/open-postgres-store.ts'
import type { Store } from '../store.ts'
import { postgresCallers } from './caller-transactions.ts'
import { emptySchema, type FreshSchema, readFreshSchema } from './reused-schema.ts'
import type { OpenedStore, Row, StoreHarness } from './store-harness.ts'

const INT8 = 20
const NUMERIC = 1700

/** How the stores of a harness reach the server; the test itself always does so directly. */
export interface PostgresRoute {
  /** A pooler in between. */
  readonly through?: string
  /** Where they listen. */
  readonly listen?: boolean | string
}

/** A schema with a store on it, and a connection of the test. */
interface Ground {
  readonly schema: string
  readonly raw: Client
  readonly store: Store
  readonly openStore: () => Promise<Store>
}

/** A schema of its own for each database on the server at `address`; `now_ms()` reads a row that only the test moves. */
export function postgresHarness(address: string, route: PostgresRoute = {}): StoreHarness {
  return {
    open: async () => {
      const ground = await makeGround(address, route)
      await holdClock(ground)
      return openOn(ground, address, () => endGround(ground))
    },
  }
}

/**
 * As postgresHarness, on one schema that is emptied before each test, with one store whose connections know its tables already: making both takes longer than most
 * tests. For suites that change rows alone, and leave this store open; what a test does to the tables themselves would stay.
 */
export function reusedPostgresHarness(address: () => string, route: () => PostgresRoute = () => ({})): StoreHarness {
  let kept: { readonly ground: Ground; readonly fresh: FreshSchema } | undefined
  const make = async (): Promise<Ground> => {
    const ground = await makeGround(address(), route())
    kept = { ground, fresh: await readFreshSchema(ground.raw) }
    await holdClock(ground)
    return ground
  }
  const empty = async ({ ground, fresh }: NonNullable<typeof kept>): Promise<Ground> => {
    await emptySchema(ground.raw, fresh)
    await setClock(ground.raw)
    // Retention may have dropped the partition of today.
    await ground.store.schema.migrate()
    return ground
  }
  return {
    open: async () => openOn(kept === undefined ? await make() : await empty(kept), address(), async () => undefined),
    end: async () => {
      if (kept !== undefined) await endGround(kept.ground)
    },
  }
}

async function makeGround(address: string, { through = address, listen = true }: PostgresRoute): Promise<Ground> {
  const schema = newSchema()
  const raw = await connect(address, schema)
  const openStore = (): Promise<Store> =>
    openPostgresStore({ address: through, schema, listen, log: silentLog, migrate: true })
  return { schema, raw, store: await openStore(), openStore }
}

async function endGround({ schema, raw, store }: Ground): Promise<void> {
  await store.close()
  await raw.query(`DROP SCHEMA ${schema} CASCADE`)
  await raw.end()
}

function openOn({ raw, store, openStore }: Ground, address: string, end: () => Promise<void>): OpenedStore {
  const others: Store[] = []
  const callers = postgresCallers(address)
  return {
    store,
    advance: async (ms) => {
      await raw.query('UPDATE test_clock SET at = at + $1::bigint', [ms])
    },
    openSecond: async () => {
      const second = await openStore()
      others.push(second)
      return second
    },
    sql: async (text, parameters = []) => (await raw.query<Row>(text, [...parameters])).rows,
    begin: callers.begin,
    startIdsAt: async (id) => {
      await raw.query(`SELECT setval('job_id', $1::bigint, false)`, [id])
    },
    close: async () => {
      await callers.close()
      await Promise.all(others.map((each) => each.close()))
      await end()
    },
  }
}

function newSchema(): string {
  return `test_${randomBytes(8).toString('hex')}`
}

async function connect(address: string, schema: string): Promise<Client> {
  const raw = new Client({
    connectionString: address,
    types: {
      getTypeParser: (oid, format) => (oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format)),
    },
  })
  await raw.connect()
  await raw.query(`SET search_path TO ${schema}`)
  await raw.query('SET client_min_messages TO warning')
  return raw
}

/** The clock that {@link holdClock} has put in begins at the present again. */
async function setClock(raw: Client): Promise<void> {
  await raw.query('UPDATE test_clock SET at = floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint')
}

/** The table is locked by nobody but the test, so that a clock that moves waits for no store. */
async function holdClock({ raw, schema }: Ground): Promise<void> {
  await raw.query(`
    CREATE TABLE test_clock AS SELECT now_ms() AS at;
    CREATE OR REPLACE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT at FROM ${schema}.test_clock'`)
}
