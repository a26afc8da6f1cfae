import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openPostgresStore } from '../packages/stellwerk/src/storage/postgres/open-postgres-store.ts'
import type { Store } from '../packages/stellwerk/src/storage/store.ts'
import { startEmbeddedPostgres } from '../packages/stellwerk/test/setup/embedded-postgres-server.ts'
import { dispatch, drain, register, share } from './hot-path.ts'
import { openPostgresSink } from './seed/postgres-sink.ts'
import { seedStore } from './seed/seed-store.ts'
import { countInstructions } from './server-instructions.ts'

/**
 * What a claim costs beside a backlog and beside a snapshot that nobody closes, as ratios to a store without either. The cells take turns; by the clock the best round
 * counts, by instructions (`--instructions`: `perf`, Linux, root) the least.
 *
 *     node bench/claim-under-load.ts [--store postgres://postgres@localhost/postgres] [--jobs 5000] [--beside 1000000] [--rounds 3] [--instructions]
 */
const { values: options } = parseArgs({
  options: {
    store: { type: 'string' },
    jobs: { type: 'string', default: '5000' },
    beside: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    instructions: { type: 'boolean', default: false },
  },
})

const jobs = Number(options.jobs)
const beside = Number(options.beside)
const batch = 100
const cellNames = ['empty', 'backlog', 'empty, old snapshot', 'backlog, old snapshot'] as const

interface Cell {
  readonly name: (typeof cellNames)[number]
  readonly store: Store
  readonly schema: string
  claimsPerSecond: number
  drainedPerSecond: number
  /** Thousands per claimed job. */
  instructions: number
}

interface Claimed {
  readonly ms: number
  readonly instructions: number
}

/** Claims all of the lane, then gives it back. */
async function claimAll(admin: pg.Client, store: Store): Promise<Claimed> {
  const stationId = await register(store, 600_000)
  const stop = options.instructions ? await countInstructions(admin) : undefined
  const startedMs = performance.now()
  let count = 0
  for (let got = -1; got !== 0; count += got) {
    got = (await store.claims.claim({ stationId, shares: [{ ...share, limit: batch }], limit: batch })).length
  }
  const ms = performance.now() - startedMs
  const instructions = (await stop?.()) ?? 0
  if (count !== jobs) throw new Error(`${jobs} jobs waited, ${count} were claimed`)
  await store.stations.retire(stationId)
  return { ms, instructions }
}

async function drainAll(store: Store): Promise<number> {
  const stationId = await register(store, 600_000)
  const startedMs = performance.now()
  await drain(store, stationId)
  const ms = performance.now() - startedMs
  await store.stations.retire(stationId)
  return ms
}

async function measure(admin: pg.Client, cell: Cell): Promise<void> {
  await dispatch(cell.store, jobs)
  // As autovacuum would by and by, so that no cell differs by what the planner happens to know.
  await admin.query(`ANALYZE ${cell.schema}.job`)
  const { ms, instructions } = await claimAll(admin, cell.store)
  const drainMs = await drainAll(cell.store)
  cell.claimsPerSecond = Math.max(cell.claimsPerSecond, (jobs / ms) * 1_000)
  cell.drainedPerSecond = Math.max(cell.drainedPerSecond, (jobs / drainMs) * 1_000)
  const each = instructions / jobs / 1_000
  cell.instructions = Math.min(cell.instructions || each, each)
}

async function holdSnapshot(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM ${schema}_empty.station`)
  return client
}

/** Of each pair the second is measured right after the first; under the snapshot, after as many rows have died as are drained here. */
async function measureRound(admin: pg.Client, cells: readonly Cell[]): Promise<void> {
  for (const cell of cells.filter(({ name }) => !name.endsWith('snapshot'))) await measure(admin, cell)
  const snapshot = await holdSnapshot()
  for (const cell of cells.filter(({ name }) => name.endsWith('snapshot'))) {
    await dispatch(cell.store, jobs)
    await drainAll(cell.store)
    await measure(admin, cell)
  }
  await snapshot.end()
}

async function openSeeded(address: string, schema: string, rows: number): Promise<Store> {
  const store = await openPostgresStore({ address, schema, migrate: true, listen: false })
  if (rows === 0) return store
  const sink = await openPostgresSink(address, schema)
  const size = { waiting: rows, delayed: rows, failed: 0, finished: 0, days: 1 }
  await seedStore(sink, { store: address, schema, seed: 1, ...size }).finally(() => sink.close())
  return store
}

function report(cells: readonly Cell[]): void {
  const [normal] = cells
  if (normal === undefined) return
  console.log('| store | claims/s | of empty | drained/s | of empty | k instructions per claim | times empty |')
  console.log('| --- | --- | --- | --- | --- | --- | --- |')
  for (const cell of cells) {
    const claims = (cell.claimsPerSecond / normal.claimsPerSecond).toFixed(2)
    const drains = (cell.drainedPerSecond / normal.drainedPerSecond).toFixed(2)
    const cost = options.instructions ? (cell.instructions / normal.instructions).toFixed(2) : '-'
    const figures = [Math.round(cell.claimsPerSecond), claims, Math.round(cell.drainedPerSecond), drains]
    console.log(`| ${[cell.name, ...figures, cell.instructions.toFixed(1), cost].join(' | ')} |`)
  }
}

const server = options.store === undefined ? await startEmbeddedPostgres() : undefined
const address = options.store ?? server?.url ?? ''
const admin = new pg.Client({ connectionString: address })
await admin.connect()
const schema = `claim_load_${randomBytes(4).toString('hex')}`
const opened: Store[] = []
try {
  const empty = await openSeeded(address, `${schema}_empty`, 0)
  opened.push(empty)
  const full = await openSeeded(address, `${schema}_full`, beside)
  opened.push(full)
  const cells = cellNames.map((name): Cell => {
    const isEmpty = name.startsWith('empty')
    const where = { store: isEmpty ? empty : full, schema: `${schema}_${isEmpty ? 'empty' : 'full'}` }
    return { name, ...where, claimsPerSecond: 0, drainedPerSecond: 0, instructions: 0 }
  })
  for (let n = 0; n < Number(options.rounds); n += 1) {
    for (const name of ['empty', 'full']) await admin.query(`VACUUM ${schema}_${name}.job`)
    await measureRound(admin, cells)
  }
  report(cells)
} finally {
  await Promise.all(opened.map((store) => store.close()))
  for (const name of ['empty', 'full']) await admin.query(`DROP SCHEMA IF EXISTS ${schema}_${name} CASCADE`)
  await admin.end()
  await server?.stop()
}
