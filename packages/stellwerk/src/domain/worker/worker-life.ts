import type { StationState } from './station-state.ts'
import { type WorkerStatus, workerStatuses } from './worker-report.ts'

/** What people see of a worker: what it said last, or lost. */
export const shownWorkerStatuses = [...workerStatuses, 'lost'] as const

/** One of {@link shownWorkerStatuses}. */
export type ShownWorkerStatus = (typeof shownWorkerStatuses)[number]

const livingStatuses: readonly ShownWorkerStatus[] = ['starting', 'active', 'idle', 'paused', 'draining']

/** Whether a worker with this status is there and works, or could. Pure. */
export function isLiving(status: ShownWorkerStatus): boolean {
  return livingStatuses.includes(status)
}

/** What a worker's row says now: nobody knows anything of it once the lease of its station is over, and it has stopped where its station has. Pure. */
export function shownStatus(reported: WorkerStatus, station: StationState): ShownWorkerStatus {
  if (station === 'alive' || reported === 'failed' || reported === 'stopped') return reported
  return station
}
