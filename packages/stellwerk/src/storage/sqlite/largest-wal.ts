/** What the write-ahead log is promised to stay below while nobody is stuck, and what it shrinks to when it is begun anew, bytes; with more, it is an alarm. */
export const LARGEST_WAL_BYTES: number = 64 * 1024 * 1024
