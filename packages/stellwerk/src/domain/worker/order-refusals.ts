/** How far a pool may be scaled. */
interface Bounds {
  readonly name: string
  readonly min: number
  readonly max: number
}

/**
 * Every sentence of Stellwerk's own with which a station refuses an order: stored with the order, shown to people. The control room has words for each of
 * them in its languages, and shows others, such as the message of an error, as they are.
 */
export const orderRefusals = {
  noJob: (jobId: number | null) => `job ${jobId} does not run here any more`,
  noPool: (pool: string | null) => `this station has no pool '${pool}'`,
  noWorker: (workerId: string) => `there is no worker ${workerId} here any more`,
  poolsOnly: (kind: string) => `'${kind}' is for a pool, not for one worker`,
  outOfBounds: ({ name, min, max }: Bounds, processes: number | null) =>
    `pool '${name}' may have ${min} to ${max} processes by its configuration, not ${processes ?? 'none'}`,
  ownProcess: () =>
    "this station runs handlers in its own process; start it with worker processes to do that: executor 'process'",
} as const
