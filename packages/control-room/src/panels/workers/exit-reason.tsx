import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { ServerWords } from '../server-words/server-words.tsx'
import { endBeside } from './end-beside.ts'
import { useWorkerWords } from './worker-words.ts'

interface ExitReasonProps {
  readonly exit: NonNullable<Worker['lastExit']>
}

/** Why a process ended, with its exit code and signal. */
export function ExitReason({ exit }: ExitReasonProps) {
  const words = useWorkerWords()
  const { code, signal } = endBeside(exit)
  return (
    <>
      <ServerWords text={exit.reason} />
      {words.exitOf('', code, signal)}
    </>
  )
}
