import { type Cancellation, cancelJob } from '../../operations/cancel-job.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type Project, withProject } from '../open-project.ts'
import { reportError } from '../report-error.ts'

/** `stellwerk cancel ID...`: waiting jobs will not run, running ones are aborted. */
export const cancelCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<ids...>', 'ids or uuids of waiting or running jobs')
      .addHelpText(
        'after',
        '\nA waiting job is cancelled at once. The station of a running one is told: it aborts the signal of the handler, waits the grace, and ends the process that does not heed it.\n\nExample:\n  stellwerk cancel 17 18',
      )
  },
  run: (invocation) => withProject(invocation, {}, (project) => cancelAll(invocation, project)),
}

/** One after the other: one that is refused is reported and does not keep the others; the first refusal gives the exit code. */
async function cancelAll({ operands, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const done: Cancellation[] = []
  let exitCode: ExitCode = 0
  for (const ref of operands) {
    try {
      const cancellation = await cancelJob(stellwerk.deps(), ref)
      done.push(cancellation)
      if (!output.json) output.line(describe(cancellation))
    } catch (error) {
      const code = reportError(error, output)
      if (exitCode === 0) exitCode = code
    }
  }
  if (output.json) {
    const idsOf = (all: readonly Cancellation[]): readonly string[] => all.map(({ id }) => String(id))
    output.value({ cancelled: done.length, ids: idsOf(done), told: idsOf(done.filter(({ told }) => told)) })
  }
  return exitCode
}

function describe({ id, told }: Cancellation): string {
  return told ? `job ${id} runs: its station is told to abort it` : `cancelled job ${id}`
}
