import { formatDuration } from '../../std/duration.ts'

/** Why a worker is not healthy, worst first. */
export const workerAilments = ['lost', 'ended', 'heartbeat_old', 'cpu_high'] as const

/** One reason: a code for programs, the same in English. */
export interface WorkerAilment {
  readonly code: (typeof workerAilments)[number]
  readonly detail: string
}

/** What health is judged by. `beatAgeMs`: since its last heartbeat in the database's time, whatever happened since. */
export interface WorkerFacts {
  readonly status: string
  readonly beatAgeMs: number
  /** Of one core. */
  readonly cpuPercent: number
}

/** From when on a worker is not healthy. */
export interface WorkerHealthLimits {
  readonly beatAgeMs: number
  readonly cpuPercent: number
}

/** What holds where nothing else is said. */
export const defaultWorkerHealth: WorkerHealthLimits = { beatAgeMs: 120_000, cpuPercent: 95 }

/**
 * Why a worker is not healthy; empty = it is. A worker that lives is healthy with a heartbeat younger than the limit, by its total age, and a CPU below its limit.
 * A lost one is not, whatever it said last; nor is one that has stopped or failed. Pure.
 */
export function ailmentsOf(worker: WorkerFacts, limits: WorkerHealthLimits = defaultWorkerHealth): WorkerAilment[] {
  const { status, beatAgeMs, cpuPercent } = worker
  const found: (WorkerAilment | false)[] = [
    status === 'lost' && { code: 'lost', detail: 'the lease of its station is over' },
    (status === 'stopped' || status === 'failed') && { code: 'ended', detail: `it has ${status}` },
    beatAgeMs >= limits.beatAgeMs && {
      code: 'heartbeat_old',
      detail: `its last heartbeat is ${formatDuration(beatAgeMs)} old; under ${formatDuration(limits.beatAgeMs)} is healthy`,
    },
    cpuPercent >= limits.cpuPercent && {
      code: 'cpu_high',
      detail: `it takes ${Math.round(cpuPercent)} % of a core; under ${limits.cpuPercent} % is healthy`,
    },
  ]
  return found.filter((ailment) => ailment !== false)
}
