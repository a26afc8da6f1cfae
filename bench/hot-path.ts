import { randomUUID } from 'node:crypto'
import { MinuteMeter } from '../packages/stellwerk/src/domain/metrics/minute-meter.ts'
import type { ClaimedJob } from '../packages/stellwerk/src/storage/claim-store.ts'
import type { NewJob } from '../packages/stellwerk/src/storage/dispatch-store.ts'
import type { Store } from '../packages/stellwerk/src/storage/store.ts'

const batch = 500

/** The lane that is measured. */
export const share = { queue: 'drained', type: 'no-op', inBatch: false, priority: 0 } as const

function newJob(n: number, lane: { readonly queue: string; readonly type: string }): NewJob {
  const { queue, type } = lane
  const rest = {
    weight: 0,
    options: null,
    delayMs: 0,
    runAt: null,
    tries: 3,
    maxCrashes: 3,
    parentId: null,
    runId: null,
  }
  return { type, typeVersion: 1, queue, priority: 0, payload: `{"n":${n}}`, ...rest }
}

/** Dispatches `count` jobs in groups, each to the queue that `queueOf` names for its number. */
export async function dispatch(
  store: Store,
  count: number,
  queueOf: (n: number) => string = () => share.queue,
): Promise<void> {
  for (let first = 0; first < count; first += batch) {
    const size = Math.min(batch, count - first)
    const queue = queueOf(first / batch)
    const group = Array.from({ length: size }, (_, n) => newJob(first + n, { queue, type: share.type }))
    await store.dispatch.insertJobs({ token: randomUUID(), jobs: group })
  }
}

/** Registers a station with this lease; returns its id. */
export async function register(store: Store, leaseMs: number): Promise<string> {
  const id = randomUUID()
  const about = { host: 'bench', pid: process.pid, label: null, version: '0', concurrency: 100 }
  await store.stations.register({ id, ...about, types: [share.type], queues: ['*'], leaseMs })
  return id
}

interface BenchStation {
  readonly stationId: string
  readonly meter: MinuteMeter
}

async function settle(store: Store, station: BenchStation, claimed: readonly ClaimedJob[]): Promise<void> {
  const { stationId, meter } = station
  const unmeasured = { cpuMs: null, memoryBytes: null, memoryPeakBytes: null }
  const { refused } = await store.outcomes.settle({
    stationId,
    logs: [],
    metrics: (won, at) => meter.stage(won, at),
    outcomes: claimed.map((job) => {
      const run = { startedAt: job.claimedAt, waitMs: job.claimedAt - job.runAt, runMs: 1, ...unmeasured }
      return {
        kind: 'completed',
        queue: job.queue,
        type: job.type,
        id: job.id,
        claimSeq: job.claimSeq,
        tries: 3,
        result: null,
        ...run,
      }
    }),
  })
  meter.commit()
  if (refused.length > 0) throw new Error(`${refused.length} outcomes were refused`)
}

/** What one station spent on a drain. */
export interface Drained {
  claimMs: number
  settleMs: number
  count: number
}

/** One station: claims and settles until the lane is empty. */
export async function drain(store: Store, stationId: string): Promise<Drained> {
  const meter = new MinuteMeter(stationId)
  const spent = { claimMs: 0, settleMs: 0, count: 0 }
  for (;;) {
    const startedMs = performance.now()
    const claimed = await store.claims.claim({ stationId, shares: [{ ...share, limit: batch }], limit: batch })
    const claimedMs = performance.now()
    spent.claimMs += claimedMs - startedMs
    if (claimed.length === 0) return spent
    await settle(store, { stationId, meter }, claimed)
    spent.settleMs += performance.now() - claimedMs
    spent.count += claimed.length
  }
}
