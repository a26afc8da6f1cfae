import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { useWorkerWords } from './worker-words.ts'

interface ExitReasonProps {
  readonly exit: NonNullable<Worker['lastExit']>
}

/** Why a process ended, as its station wrote it down (in English), with its exit code and signal. */
export function ExitReason({ exit: { reason, code, signal } }: ExitReasonProps) {
  const words = useWorkerWords()
  return (
    <>
      <span lang="en">{visibleText(reason)}</span>
      {words.exitOf('', code, signal)}
    </>
  )
}
