import { resumeQueue } from '../../operations/resume-queue.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { addTarget, giveOrder, targetOf } from '../give-order.ts'
import { type Project, withProject } from '../open-project.ts'
import { assertOneKind } from './pause.ts'

/** `stellwerk resume QUEUE...`, or `--worker`, `--pool`, `--station`, `--all`: what was paused goes on. */
export const resumeCommand: CliCommand = {
  configure: (command) => {
    addTarget(command.argument('[queues...]', 'queues that are paused')).addHelpText(
      'after',
      '\nExamples:\n  stellwerk resume emails\n  stellwerk resume --all',
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const target = targetOf(invocation.flags)
      assertOneKind(invocation, target)
      if (invocation.operands.length > 0) return resumeQueues(invocation, project)
      return giveOrder(invocation, project, { kind: 'resume', target })
    }),
}

async function resumeQueues({ operands, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const resumed: string[] = []
  for (const queue of operands) {
    const wasPaused = await resumeQueue(stellwerk.deps(), queue)
    if (wasPaused) resumed.push(queue)
    if (!output.json) output.line(safeLine(wasPaused ? `resumed queue ${queue}` : `queue ${queue} was not paused`))
  }
  if (output.json) output.value({ resumed: resumed.length, queues: resumed })
  return 0
}
