import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../packages/stellwerk/src/app/open-store.ts'
import type { WorkerReport } from '../../packages/stellwerk/src/domain/worker/worker-report.ts'
import { FailureLog } from '../../packages/stellwerk/src/engine/failure-log.ts'
import { createHeartbeat } from '../../packages/stellwerk/src/engine/services/heartbeat.ts'
import { silentLog } from '../../packages/stellwerk/src/std/log.ts'
import { newStation } from '../../packages/stellwerk/src/storage/conformance/sample-records.ts'
import type { Store } from '../../packages/stellwerk/src/storage/store.ts'
import type { BenchGround, BenchStore } from '../bench-store.ts'
import { type RoundOutcome, runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { meterServer } from '../server-cpu.ts'
import { spreadOf } from '../statistics.ts'

const stations = 10
const workersEach = 20
const mostSettleMs = 3_000

interface BeatOutcome extends RoundOutcome {
  /** CPU time of whoever writes them, by the time that passed. */
  readonly writersPercent: number
  /** Of the server; 0 where the store is a file. */
  readonly serverPercent: number
}

/** What the heartbeats of 200 idle workers of ten stations cost, above the same stations without any: percent of one core. */
export const heartbeats: Scenario = async ({ seconds, rounds }, ground) => {
  const { outcomes, storeFacts } = await runRounds(rounds ?? 1, () => runRound(ground, seconds * 1_000))
  const spread = (of: (outcome: BeatOutcome) => number) => spreadOf(outcomes.map(of), 2)
  const total = spread(({ writersPercent, serverPercent }) => writersPercent + serverPercent)
  return {
    figures: {
      workers: stations * workersEach,
      stations,
      seconds,
      rounds: rounds ?? 1,
      server_percent_of_a_core: spread(({ serverPercent }) => serverPercent).median,
      writers_percent_of_a_core: spread(({ writersPercent }) => writersPercent).median,
      percent_of_a_core: total.median,
      percent_of_a_core_min: total.min,
      percent_of_a_core_max: total.max,
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(ground: BenchGround, spanMs: number): Promise<BeatOutcome> {
  const bench = await ground.makeStore()
  const opened: Store[] = []
  try {
    for (let station = 0; station < stations; station++) {
      const store = await openStore({ address: bench.store, schema: bench.schema, migrate: true, log: silentLog })
      opened.push(store)
      await store.stations.register(newStation({ id: idOf(station), leaseMs: 3_600_000 }))
    }
    const cost = await meterOf(bench)
    const settleMs = Math.min(spanMs, mostSettleMs)
    await pause(settleMs)
    const without = await cost(spanMs)
    const beats = opened.map(({ workers }, station) =>
      createHeartbeat({
        workers,
        control: idleControl(station),
        ownId: () => idOf(station),
        failures: new FailureLog(silentLog),
      }),
    )
    for (const beat of beats) beat.start()
    await pause(settleMs)
    const beating = await cost(spanMs)
    const checks = await verify(opened)
    for (const beat of beats) await beat.stop()
    return {
      elapsedMs: spanMs,
      writersPercent: Math.max(0, beating.writers - without.writers),
      serverPercent: Math.max(0, beating.server - without.server),
      checks,
      storeFacts: await bench.rows.facts(),
    }
  } finally {
    for (const store of opened) await store.close()
    await bench.rows.close()
  }
}

/** Percent of one core over a span, of this process and of the server. */
async function meterOf({ rows }: BenchStore) {
  const pid = await rows.serverPid()
  const server = pid === null ? () => 0 : meterServer(pid)
  const writers = (): number => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  return async (spanMs: number) => {
    const before = { server: server(), writers: writers() }
    await pause(spanMs)
    return {
      server: ((server() - before.server) * 100) / spanMs,
      writers: ((writers() - before.writers) * 100) / spanMs,
    }
  }
}

async function verify(opened: readonly Store[]): Promise<Readonly<Record<string, boolean>>> {
  const [store] = opened
  const found = (await store?.workers.list())?.workers ?? []
  const now = (await store?.metrics.now()) ?? 0
  return {
    every_worker_on_record: found.length === stations * workersEach,
    every_beat_is_fresh: found.every(({ beatAt }) => now - beatAt < 5_000),
  }
}

const idOf = (station: number): string => `station-${station}`

/** Figures that move a little, as those of idle processes do. */
function idleControl(station: number): Parameters<typeof createHeartbeat>[0]['control'] {
  return {
    reports: () => Array.from({ length: workersEach }, (_, worker) => idleReport(station, worker)),
    pools: () => [],
    apply: async () => ({ state: 'refused', answer: null }),
  }
}

function idleReport(station: number, worker: number): WorkerReport {
  return {
    id: `w_${String(station * workersEach + worker).padStart(16, '0')}`,
    stationId: idOf(station),
    pool: 'default',
    kind: 'process',
    pid: 1_000 + worker,
    status: 'idle',
    queues: ['*'],
    types: null,
    concurrency: 10,
    startedAt: 1,
    restarts: 0,
    lastExit: null,
    jobsDone: 0,
    jobsFailed: 0,
    running: [],
    runningCount: 0,
    memoryBytes: 60_000_000 + Math.floor(Math.random() * 1_000_000),
    memoryLimitBytes: 512_000_000,
    cpuPercent: Math.random(),
    bytesIn: 0,
    bytesOut: 0,
    loopLagMs: Math.random(),
    throughputPerMinute: 0,
    meanRunMs: 0,
    errorRatio: 0,
    version: '1.0.0',
  }
}
