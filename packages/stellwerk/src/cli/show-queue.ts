/** The queue of a job in a list; of one in a dead-letter queue with the one it came from. */
export function showQueue({
  queue,
  originQueue,
}: {
  readonly queue: string
  readonly originQueue: string | null
}): string {
  return originQueue === null ? queue : `${queue} (from ${originQueue})`
}
