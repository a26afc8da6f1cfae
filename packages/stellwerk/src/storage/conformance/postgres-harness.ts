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

/** A schema that stays, and what it held when it was made. */
interface ReusedSchema {
  readonly schema: string
  fresh: FreshSchema | undefined
}

/** A schema of its own for each database on the server at `address`; `now_ms()` reads a row that only the test moves. */
export function postgresHarness(address: string, route: PostgresRoute = {}): StoreHarness {
  return { open: () => openPostgres(address, route) }
}

/**
 * As postgresHarness, on one schema that is emptied before each test: making one takes longer than most tests. For suites that change rows alone; what a
 * test does to the tables themselves would stay. It ends with its server.
 */
export function reusedPostgresHarness(address: () => string, route: () => PostgresRoute = () => ({})): StoreHarness {
  const reused: ReusedSchema = { schema: newSchema(), fresh: undefined }
  return { open: () => openPostgres(address(), route(), reused) }
}

async function openPostgres(
  address: string,
  { through = address, listen = true }: PostgresRoute,
  reused?: ReusedSchema,
): Promise<OpenedStore> {
  const schema = reused?.schema ?? newSchema()
  const raw = await connect(address, schema)
  const isMade = reused?.fresh !== undefined
  if (reused?.fresh !== undefined) await emptySchema(raw, reused.fresh)
  if (isMade) await setClock(raw)
  const open = async (): Promise<Store> =>
    await openPostgresStore({ address: through, schema, listen, log: silentLog, migrate: true })
  const store = await open()
  const others: Store[] = []
  const callers = postgresCallers(address)
  if (reused !== undefined) reused.fresh ??= await readFreshSchema(raw)
  if (!isMade) await holdClock(raw, schema)
  return {
    store,
    advance: async (ms) => {
      await raw.query('UPDATE test_clock SET at = at + $1::bigint', [ms])
    },
    openSecond: async () => {
      const second = await open()
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
      await Promise.all([store, ...others].map((each) => each.close()))
      if (reused === undefined) await raw.query(`DROP SCHEMA ${schema} CASCADE`)
      await raw.end()
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
async function holdClock(raw: Client, schema: string): Promise<void> {
  await raw.query(`
    CREATE TABLE test_clock AS SELECT now_ms() AS at;
    CREATE OR REPLACE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT at FROM ${schema}.test_clock'`)
}
