/** Why nothing of a queue is claimed. Unix ms; `until` null = until somebody resumes it. */
export interface QueuePause {
  readonly queue: string
  readonly by: string
  readonly reason: string | null
  readonly since: number
  readonly until: number | null
}

/** Why nothing at all is claimed, but by workers with `force`. Unix ms. */
export interface Maintenance {
  readonly by: string
  readonly reason: string | null
  readonly since: number
}

/** What keeps jobs from being claimed now. */
export interface ClaimHolds {
  /** By queue; those that have ended are not among them. */
  readonly pauses: readonly QueuePause[]
  readonly maintenance: Maintenance | null
}
