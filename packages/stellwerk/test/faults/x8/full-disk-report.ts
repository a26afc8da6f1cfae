/** What a process on a small file system tells. */
export interface FullDiskReport {
  readonly acknowledged: number[]
  /** Dispatches that were refused, by code. */
  readonly refusals: Record<string, number>
  /** How often the file system was full. */
  full: number
  /** How often the file could be read while it was. */
  read: number
  /** From the moment there was space again until all work was done, per cycle. */
  readonly healedMs: number[]
}
