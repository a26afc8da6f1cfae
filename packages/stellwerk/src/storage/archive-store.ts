import type { JobState } from '../domain/job/job-state.ts'

/** What became of an order to archive or release: the state the job was found in where the guard refused. */
export type ArchiveResult =
  | { readonly changed: true }
  | {
      readonly changed: false
      readonly state: JobState | null
      readonly reason: 'absent' | 'state' | 'archived' | 'not_archived'
    }

/** Role of whoever keeps finished jobs beyond their retention. States and counters stay as they are. */
export interface ArchiveStore {
  /**
   * Guarded: a completed or cancelled job is kept, row, payload, result, lines and attempts, until it is released, retried or forgotten. What retention has removed
   * before stays away.
   */
  archive(id: number, by: string): Promise<ArchiveResult>
  /** Guarded: retention applies again, from the time of its end on. What would have been removed meanwhile goes with this or with the next pass of the pruner. */
  release(id: number): Promise<ArchiveResult>
}
