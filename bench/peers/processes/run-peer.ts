import { setTimeout as pause } from 'node:timers/promises'
import type { ProbePayload } from '../../probe-job.ts'
import { gapMs, warmUp } from '../../scenarios/latency.ts'
import { percentile } from '../../statistics.ts'
import type { PeerScenario, RunOrder, RunResult } from '../run-result.ts'
import type { Peer, PeerKind } from './peer.ts'

/** Runs one scenario with one peer, on the address of an empty store, timed as ours are (bench/scenarios). */
export async function runPeer(kind: PeerKind, order: RunOrder): Promise<RunResult> {
  const { address, callers, scenario } = order
  const peer = await kind.open({ address, callers, idle: scenario === 'latency' })
  try {
    const { figures, broken } = await scenarios[scenario]({ peer, kind, order })
    return { figures, broken, facts: await peer.facts() }
  } finally {
    await peer.close()
  }
}

interface PeerRun {
  readonly peer: Peer
  readonly kind: PeerKind
  readonly order: RunOrder
}

type Found = Pick<RunResult, 'figures' | 'broken'>

const scenarios: Readonly<Record<PeerScenario, (run: PeerRun) => Promise<Found>>> = {
  drain: runDrain,
  'enqueue-bulk': runBulk,
  'enqueue-single': runSingle,
  latency: runLatency,
}

/** Counts how often each number was handled. */
class Executions {
  readonly #times: Uint8Array
  readonly #total: number
  readonly #allOnce = Promise.withResolvers<void>()
  #count = 0

  constructor(total: number) {
    this.#times = new Uint8Array(total)
    this.#total = total
  }

  add(n: number): void {
    this.#times[n] = (this.#times[n] ?? 0) + 1
    this.#count++
    if (this.#count === this.#total) this.#allOnce.resolve()
  }

  /** Resolves when as many handlers have run as there are jobs. */
  untilAll(): Promise<void> {
    return this.#allOnce.promise
  }

  get eachRanOnce(): boolean {
    return this.#count === this.#total && this.#times.every((times) => times === 1)
  }
}

async function runDrain({ peer, kind, order: { jobs, chunk, concurrency } }: PeerRun): Promise<Found> {
  await enqueueInChunks(peer, jobs, chunk)
  const executions = new Executions(jobs)
  const start = performance.now()
  const worker = await peer.startWorker(concurrency, ({ n }) => executions.add(n))
  await executions.untilAll()
  while (await peer.isBusy()) await pause(1)
  const elapsedMs = performance.now() - start
  await worker.stop()
  return { figures: rate(jobs, elapsedMs), broken: await brokenAfterDrain({ peer, kind, executions, jobs }) }
}

async function runBulk({ peer, order: { jobs, chunk } }: PeerRun): Promise<Found> {
  const start = performance.now()
  await enqueueInChunks(peer, jobs, chunk)
  const elapsedMs = performance.now() - start
  return { figures: rate(jobs, elapsedMs), broken: await brokenAfterEnqueue(peer, jobs) }
}

async function runSingle({ peer, order: { jobs, callers } }: PeerRun): Promise<Found> {
  let next = 0
  const call = async (): Promise<void> => {
    while (next < jobs) await peer.enqueue({ n: next++ })
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: callers }, call))
  const elapsedMs = performance.now() - start
  return { figures: rate(jobs, elapsedMs), broken: await brokenAfterEnqueue(peer, jobs) }
}

async function runLatency({ peer, kind, order: { samples } }: PeerRun): Promise<Found> {
  const jobs = warmUp + samples
  const executions = new Executions(jobs)
  const startMs: number[] = []
  let begun: (() => void) | undefined
  const handle = ({ n, sentAtNs }: ProbePayload): void => {
    const startedAtNs = process.hrtime.bigint()
    executions.add(n)
    if (n >= warmUp) startMs.push(Number(startedAtNs - BigInt(sentAtNs ?? '0')) / 1e6)
    begun?.()
  }
  const worker = await peer.startWorker(10, handle)
  for (let n = 0; n < jobs; n++) {
    await pause(gapMs)
    const started = new Promise<void>((resolve) => {
      begun = resolve
    })
    await peer.enqueue({ n, sentAtNs: String(process.hrtime.bigint()) })
    await started
  }
  while (await peer.isBusy()) await pause(1)
  await worker.stop()
  return {
    figures: { p50_ms: percentile(startMs, 0.5), p99_ms: percentile(startMs, 0.99) },
    broken: await brokenAfterDrain({ peer, kind, executions, jobs }),
  }
}

async function enqueueInChunks(peer: Peer, jobs: number, chunk: number): Promise<void> {
  for (let from = 0; from < jobs; from += chunk) {
    const size = Math.min(chunk, jobs - from)
    await peer.enqueueMany(Array.from({ length: size }, (_, at) => ({ n: from + at })))
  }
}

function rate(jobs: number, elapsedMs: number): RunResult['figures'] {
  return { jobs_per_second: (jobs / elapsedMs) * 1_000 }
}

async function brokenAfterEnqueue(peer: Peer, jobs: number): Promise<readonly string[]> {
  const numbers = await peer.waitingNumbers()
  const storedOnce = numbers.length === jobs && new Set(numbers).size === jobs
  return storedOnce ? [] : ['every_job_stored_once']
}

interface AfterDrain {
  readonly peer: Peer
  readonly kind: PeerKind
  readonly executions: Executions
  readonly jobs: number
}

async function brokenAfterDrain({ peer, kind, executions, jobs }: AfterDrain): Promise<readonly string[]> {
  const checks = {
    every_handler_ran_once: executions.eachRanOnce,
    nothing_left: !(await peer.isBusy()),
    keeps_what_it_says: (await peer.keptJobs()) === (kind.keepsHistory ? jobs : 0),
  }
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [name]))
}
