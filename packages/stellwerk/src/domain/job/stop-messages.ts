import { formatDuration } from '../../std/duration.ts'

/** Every sentence with which Stellwerk itself ends an attempt: kept as the message of its failure. The control room has words for each of them in its languages. */
export const stopMessages = {
  timeout: (jobId: number, timeoutMs: number | null) =>
    `job ${jobId} ran longer than its timeout of ${formatDuration(timeoutMs ?? 0)}`,
  memory: (jobId: number) => `job ${jobId} needed more memory than it may have`,
  cancelled: (jobId: number) => `job ${jobId} was cancelled while it ran`,
} as const
