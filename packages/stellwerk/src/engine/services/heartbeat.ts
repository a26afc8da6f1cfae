import type { WorkerReport } from '../../domain/worker/worker-report.ts'
import { monotonicMs } from '../../std/monotonic.ts'
import type { WorkerStore } from '../../storage/worker-store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'
import type { StationControl } from '../station-control.ts'

/** A heartbeat at the latest after this where a worker works, or has worked since the last one. */
const beatEveryMs = 2_000
/** Where all rest. */
const restEveryMs = 4_000
/** How soon a change that people wait for is told: a worker that came, went, or does something else. */
const lookEveryMs = 1_000
const memoryEveryMs = 10_000
const mostMemory = 30

/** What a heartbeat needs. */
export interface HeartbeatOptions {
  readonly workers: Pick<WorkerStore, 'beat'>
  readonly control: StationControl
  readonly ownId: () => string
  readonly failures: FailureLog
  /** Monotonic, ms. */
  readonly clock?: () => number
}

/** Tells the store what the station's workers do: every two seconds, every four while all rest, and soon after one of them has changed. One statement for all of them. */
export function createHeartbeat(options: HeartbeatOptions): PeriodicService {
  const { workers, control, ownId, failures, clock = monotonicMs } = options
  const memory = new MemoryHistory()
  let beatAtMs = Number.NEGATIVE_INFINITY
  let told = ''
  let toldWork = ''
  return new PeriodicService({
    name: 'heartbeat',
    intervalMs: lookEveryMs,
    failures,
    pass: async () => {
      const [stationId, reports, pools, nowMs] = [ownId(), control.reports(), control.pools(), clock()]
      const gist = JSON.stringify([stationId, reports.map(gistOf), pools])
      const work = JSON.stringify(reports.map(workOf))
      const everyMs = work === toldWork && !reports.some(isWorking) ? restEveryMs : beatEveryMs
      if (gist === told && nowMs - beatAtMs < everyMs) return
      await workers.beat({
        stationId,
        pools,
        reports: memory.note(reports, nowMs).map((report) => ({ ...report, stationId })),
      })
      told = gist
      toldWork = work
      beatAtMs = nowMs
    },
  })
}

/** What is told at once. How many jobs run changes all the time, so only whether any does. */
function gistOf({ id, status, restarts, pid }: WorkerReport): readonly unknown[] {
  return [id, status === 'active' ? 'idle' : status, restarts, pid]
}

/** What changes with the work that is done. */
function workOf({ status, jobsDone, jobsFailed }: WorkerReport): readonly unknown[] {
  return [status, jobsDone, jobsFailed]
}

function isWorking({ runningCount }: WorkerReport): boolean {
  return runningCount > 0
}

/** The memory of each worker over the last minutes. */
class MemoryHistory {
  #values = new Map<string, readonly number[]>()
  #notedAtMs = Number.NEGATIVE_INFINITY

  note<Report extends WorkerReport>(
    reports: readonly Report[],
    nowMs: number,
  ): readonly (Report & { readonly memoryHistory: readonly number[] })[] {
    const isDue = nowMs - this.#notedAtMs >= memoryEveryMs
    if (isDue) this.#notedAtMs = nowMs
    const noted = reports.map((report) => {
      const known = this.#values.get(report.id) ?? []
      const memoryHistory = isDue || known.length === 0 ? [...known, report.memoryBytes].slice(-mostMemory) : known
      return { ...report, memoryHistory }
    })
    this.#values = new Map(noted.map(({ id, memoryHistory }) => [id, memoryHistory]))
    return noted
  }
}
