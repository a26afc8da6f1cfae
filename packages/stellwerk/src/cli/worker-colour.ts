import type { ShownWorkerStatus } from '../domain/worker/worker-life.ts'
import type { Colour } from './output.ts'

const colours: Readonly<Record<ShownWorkerStatus, Colour | null>> = {
  starting: 'cyan',
  active: 'green',
  idle: null,
  paused: 'yellow',
  draining: 'yellow',
  stopped: 'dim',
  failed: 'red',
  lost: 'red',
}

/** The colour of a worker's status, null for none; the word itself always stands beside it. */
export function workerColour(status: ShownWorkerStatus): Colour | null {
  return colours[status]
}
