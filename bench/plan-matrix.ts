import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openPostgresStore } from '../packages/stellwerk/src/storage/postgres/open-postgres-store.ts'
import type { Store } from '../packages/stellwerk/src/storage/store.ts'
import { type Drained, dispatch, drain, register, share } from './hot-path.ts'
import { type StatisticsKind, setStatistics, statisticsKinds as statistics, stopAutovacuum } from './plan-statistics.ts'
import { countInstructions } from './server-instructions.ts'

/**
 * The hot statements of the PostgreSQL store under {statistics} x {plan mode} x {stations} x {surroundings}: shows whether what the planner believes
 * can slow them down. Needs a superuser, since it rewrites statistics. Cells of one group alternate over the rounds, the best round counts.
 *
 *     --instructions counts what the server executes per drained job with `perf` (Linux, root): a figure that a busy machine does not change.
 *
 *     node bench/plan-matrix.ts --store postgres://postgres@localhost/postgres [--jobs 8000] [--beside 1000000] [--rounds 3] [--seconds 900] [--instructions] [--json]
 */
const { values: options } = parseArgs({
  options: {
    store: { type: 'string' },
    jobs: { type: 'string', default: '8000' },
    beside: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '900' },
    instructions: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const address = options.store
if (address === undefined) throw new Error('name a server: --store postgres://superuser@host/database')
const jobs = Number(options.jobs)
const deadlineMs = performance.now() + Number(options.seconds) * 1000
const schema = `plan_matrix_${randomBytes(4).toString('hex')}`
const planModes = ['force_custom_plan', 'force_generic_plan'] as const
const stationCounts = [1, 2, 8] as const
const surroundings = ['empty', 'waiting in other lanes', 'old snapshot'] as const

/** Jobs per second of each statement; `drain` is claim and settle together. */
interface Rates {
  dispatch: number
  claim: number
  settle: number
  drain: number
  rescue: number
  /** Thousand server instructions per drained job, 0 where not counted. */
  instructions: number
}

interface Cell {
  readonly surrounding: (typeof surroundings)[number]
  readonly stations: number
  readonly statistics: StatisticsKind
  readonly planMode: (typeof planModes)[number]
  readonly best: Rates
}

const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000)

async function measure(store: Store, stations: number): Promise<Rates> {
  const stationIds = await Promise.all(Array.from({ length: stations }, () => register(store, 600_000)))
  await Promise.all(stationIds.map(() => store.metrics.now()))
  let startedMs = performance.now()
  await dispatch(store, jobs)
  const dispatchMs = performance.now() - startedMs
  const stopCounting = options.instructions ? await countInstructions(admin) : undefined
  startedMs = performance.now()
  const spent = await Promise.all(stationIds.map((id) => drain(store, id)))
  const drainMs = performance.now() - startedMs
  const instructions = Math.round(((await stopCounting?.()) ?? 0) / jobs / 100) / 10
  const sum = (pick: (one: Drained) => number): number => spent.reduce((total, one) => total + pick(one), 0)
  if (sum((one) => one.count) !== jobs)
    throw new Error(`${jobs} jobs were dispatched, ${sum((one) => one.count)} completed`)
  await Promise.all(stationIds.map((id) => store.stations.retire(id)))
  return {
    dispatch: perSecond(jobs, dispatchMs),
    claim: perSecond(jobs, sum((one) => one.claimMs) / stations),
    settle: perSecond(jobs, sum((one) => one.settleMs) / stations),
    drain: perSecond(jobs, drainMs),
    rescue: await measureRescue(store),
    instructions,
  }
}

/** A station dies with jobs in its hands; another rescues them and they are drained. */
async function measureRescue(store: Store): Promise<number> {
  const count = Math.min(jobs, 2000)
  await dispatch(store, count)
  const dead = await register(store, 1)
  await store.claims.claim({ stationId: dead, shares: [{ ...share, limit: count }], limit: count })
  const rescuer = await register(store, 600_000)
  await new Promise((resolve) => setTimeout(resolve, 5))
  const startedMs = performance.now()
  const rescue = await store.stations.rescue(dead, { running: [] })
  const rescueMs = performance.now() - startedMs
  if (rescue.returned !== count) throw new Error(`${count} jobs were held, ${rescue.returned} returned`)
  await drain(store, rescuer)
  await store.stations.retire(rescuer)
  return perSecond(count, rescueMs)
}

async function prepare(admin: pg.Client, surrounding: (typeof surroundings)[number], store: Store): Promise<void> {
  await admin.query(
    `TRUNCATE ${schema}.job, ${schema}.tally, ${schema}.tally_delta, ${schema}.finished_job, ${schema}.finished_payload`,
  )
  if (surrounding === 'waiting in other lanes') await dispatch(store, Number(options.beside), (n) => `beside-${n % 50}`)
}

/** Between cells nothing of the last one is left to vacuum but what an old snapshot holds. */
async function tidy(admin: pg.Client, store: Store): Promise<void> {
  await store.metrics.foldTallies()
  for (const table of ['job', 'tally_delta', 'station', 'minute_metric', 'tally']) {
    await admin.query(`VACUUM (ANALYZE false, TRUNCATE false) ${schema}.${table}`)
  }
}

async function openStores(): Promise<ReadonlyMap<(typeof planModes)[number], Store>> {
  const opened = new Map<(typeof planModes)[number], Store>()
  for (const mode of planModes) {
    const url = new URL(address ?? '')
    url.searchParams.set('options', `-c plan_cache_mode=${mode}`)
    opened.set(mode, await openPostgresStore({ address: url.href, schema, migrate: true, listen: false, poolSize: 16 }))
  }
  return opened
}

async function holdSnapshot(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM ${schema}.station`)
  return client
}

interface Group {
  readonly admin: pg.Client
  readonly stores: ReadonlyMap<(typeof planModes)[number], Store>
  readonly surrounding: (typeof surroundings)[number]
  readonly stations: number
}

async function measureGroup({ admin, stores, surrounding, stations }: Group): Promise<Cell[]> {
  const cells = statistics.flatMap((kind) =>
    planModes.map((planMode): Cell => {
      return { surrounding, stations, statistics: kind, planMode, best: noRates() }
    }),
  )
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const cell of cells) {
      const store = stores.get(cell.planMode)
      if (store !== undefined && performance.now() < deadlineMs) await measureCell(admin, store, cell)
    }
  }
  return cells.filter((cell) => cell.best.drain > 0)
}

function noRates(): Rates {
  return { dispatch: 0, claim: 0, settle: 0, drain: 0, rescue: 0, instructions: 0 }
}

async function measureCell(admin: pg.Client, store: Store, cell: Cell): Promise<void> {
  await setStatistics({ admin, store, schema, jobs }, cell.statistics)
  await tidy(admin, store)
  const snapshot = cell.surrounding === 'old snapshot' ? await holdSnapshot() : undefined
  const rates = await measure(store, cell.stations)
  await snapshot?.end()
  const { best } = cell
  for (const name of ['dispatch', 'claim', 'settle', 'drain', 'rescue'] as const)
    best[name] = Math.max(best[name], rates[name])
  best.instructions = Math.min(best.instructions || rates.instructions, rates.instructions)
}

function report(cells: readonly Cell[]): void {
  for (const { surrounding, stations, statistics: kind, planMode, best } of cells) {
    const mode = planMode === 'force_custom_plan' ? 'custom' : 'generic'
    const rates = [best.dispatch, best.claim, best.settle, best.drain, best.rescue, best.instructions].join(' | ')
    process.stdout.write(`| ${surrounding} | ${stations} | ${kind} | ${mode} | ${rates} |\n`)
  }
  if (cells.length === 0) return
  const drains = cells.map((cell) => cell.best.drain)
  const costs = cells.map((cell) => cell.best.instructions)
  const [byTime, byCost] = [Math.min(...drains) / Math.max(...drains), Math.min(...costs) / Math.max(...costs)]
  process.stdout.write(
    `  slowest drain at ${byTime.toFixed(2)} of the fastest by the clock, ${byCost.toFixed(2)} by instructions\n`,
  )
}

const admin = new pg.Client({ connectionString: address })
await admin.connect()
const stores = await openStores()
const all: Cell[] = []
try {
  await stopAutovacuum(admin, schema)
  for (const surrounding of surroundings) {
    const [store] = stores.values()
    if (store !== undefined) await prepare(admin, surrounding, store)
    for (const stations of stationCounts) {
      const cells = await measureGroup({ admin, stores, surrounding, stations })
      if (!options.json) report(cells)
      all.push(...cells)
    }
  }
  if (options.json) process.stdout.write(`${JSON.stringify(all)}\n`)
} finally {
  await Promise.all([...stores.values()].map((store) => store.close()))
  await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  await admin.end()
}
