import type { WorkerOrder } from '../domain/worker/worker-order.ts'

/** An order that the station's own process gives to all its workers, as a signal does. It is in no table. */
export function orderToAll(kind: 'restart' | 'pause' | 'resume', stationId: string): WorkerOrder {
  return {
    id: 0,
    stationId,
    kind,
    pool: null,
    workerId: null,
    processes: null,
    jobId: null,
    claimSeq: null,
    byKind: 'signal',
    byName: '',
    givenAt: 0,
    expiresAt: 0,
    state: 'pending',
    answeredAt: null,
    answer: null,
  }
}
