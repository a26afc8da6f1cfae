import type { Invocation } from './cli-command.ts'
import type { ExitCode } from './exit-codes.ts'
import { reportError } from './report-error.ts'

/** What is done to each job that is named. */
export interface JobAction {
  /** Past tense, for the line that says it was done. */
  readonly verb: string
  /** Resolves to the job's id. */
  readonly act: (ref: string) => Promise<number>
}

/** Does it to every job named, in order. One that is refused is reported and does not keep the others; the first refusal gives the exit code. */
export async function eachJob(
  { operands, output }: Pick<Invocation, 'operands' | 'output'>,
  { verb, act }: JobAction,
): Promise<ExitCode> {
  const ids: string[] = []
  let exitCode: ExitCode = 0
  for (const ref of operands) {
    try {
      const id = await act(ref)
      ids.push(String(id))
      if (!output.json) output.line(`${verb} job ${id}`)
    } catch (error) {
      const code = reportError(error, output)
      if (exitCode === 0) exitCode = code
    }
  }
  if (output.json) output.value({ [verb]: ids.length, ids })
  return exitCode
}
