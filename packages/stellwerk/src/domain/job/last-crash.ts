import type { AttemptRecord } from './job-record.ts'

/** The newest attempt that ended with the death of its process; undefined where there is none. Its message says exit code or signal, and the memory, where they are known. Pure. */
export function lastCrashOf(attempts: readonly AttemptRecord[]): AttemptRecord | undefined {
  return attempts.findLast(({ errorClass, kind }) => kind === 'crash' || errorClass === 'WorkerCrash')
}
