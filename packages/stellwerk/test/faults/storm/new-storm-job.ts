import { randomUUID } from 'node:crypto'
import type { NewJob } from '../../../src/storage/dispatch-store.ts'
import { newJob } from '../../temporary-store.ts'
import type { FaultPayload } from '../checker/history-event.ts'

/** A storm's job as a dispatch stores it. */
export function newStormJob(payload: Omit<FaultPayload, 'key'>): NewJob {
  return newJob({ type: 'storm', payload: JSON.stringify({ key: randomUUID(), ...payload }) })
}
