import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { ServerWords } from '../server-words/server-words.tsx'
import { useWorkerWords } from './worker-words.ts'

interface ExitReasonProps {
  readonly exit: NonNullable<Worker['lastExit']>
}

/** Why a process ended, with its exit code and signal. */
export function ExitReason({ exit: { reason, code, signal } }: ExitReasonProps) {
  const words = useWorkerWords()
  return (
    <>
      <ServerWords text={reason} />
      {words.exitOf('', code, signal)}
    </>
  )
}
