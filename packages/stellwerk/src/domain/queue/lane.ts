/** A lane is everything that one ordered index range holds: queue, type, member of a batch or not, priority. */
export interface Lane {
  readonly queue: string
  readonly type: string
  readonly inBatch: boolean
  /** -100 to 100, higher first. */
  readonly priority: number
  /** What the store calls the lane: comes with its head and goes back with a share; without it the store looks by the rest. */
  readonly key?: number
}

/** The first waiting job of a lane. `position` = its run-at in Unix ms less one second per unit of weight. */
export interface LaneHead extends Lane {
  readonly position: number
}

/** How many jobs a round may take from one lane. */
export interface LaneShare extends Lane {
  readonly limit: number
}
