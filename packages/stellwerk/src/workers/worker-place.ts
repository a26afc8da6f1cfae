import type { ArrivedJob } from '../engine/executor.ts'
import type { WorkerProcess } from './worker-process.ts'

/** What one worker may get of the jobs that have come. */
export interface WorkerPlace {
  readonly worker: WorkerProcess
  /** Its free slots, and how many jobs it takes at all: those ahead too, so that it is never without work. */
  slots: number
  room: number
  readonly share: ArrivedJob[]
}

/** A suspect runs in a worker that holds nothing else. */
export function placeOf(worker: WorkerProcess, isSuspect: boolean): WorkerPlace {
  const room = isSuspect && worker.handed.size > 0 ? Number.NEGATIVE_INFINITY : worker.room
  return { worker, room, slots: room > 0 ? worker.freeSlots : 0, share: [] }
}

/** Puts a job there. */
export function giveTo(place: WorkerPlace, job: ArrivedJob): void {
  place.share.push(job)
  place.slots = Math.max(0, place.slots - 1)
  place.room--
}

/** Index of the place with most free slots, where none has any with most room; the first one from `turn` on and around, so that equal ones take turns. -1 without any. */
export function roomiest(places: readonly Pick<WorkerPlace, 'slots' | 'room'>[], turn: number): number {
  let best = -1
  for (let step = 0; step < places.length; step++) {
    const at = (turn + step) % places.length
    if (isRoomier(places[at], places[best])) best = at
  }
  return best
}

function isRoomier(
  one: Pick<WorkerPlace, 'slots' | 'room'> | undefined,
  other: Pick<WorkerPlace, 'slots' | 'room'> | undefined,
): boolean {
  if (one === undefined || other === undefined) return other === undefined
  if (one.slots > 0 || other.slots > 0) return one.slots > other.slots
  return one.room > other.room
}
