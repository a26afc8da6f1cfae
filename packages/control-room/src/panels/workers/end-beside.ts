import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'

type Exit = NonNullable<Worker['lastExit']>

/** The exit code and the signal that stand beside a reason: neither where the reason itself names it, as that of a death does. Pure. */
export function endBeside({ reason, code, signal }: Exit): Pick<Exit, 'code' | 'signal'> {
  const isNamed = reason.includes(signal === null ? `(exit code ${code})` : `(signal ${signal})`)
  return isNamed ? { code: null, signal: null } : { code, signal }
}
