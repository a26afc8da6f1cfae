import type { NewJob } from '../../../src/storage/dispatch-store.ts'
import { newJob } from '../../temporary-store.ts'
import type { StormPayload } from './storm-event.ts'

/** A storm's job as a dispatch stores it. */
export function newStormJob(payload: StormPayload): NewJob {
  return newJob({ type: 'storm', payload: JSON.stringify(payload) })
}
