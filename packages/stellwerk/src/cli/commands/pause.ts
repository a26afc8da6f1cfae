import { StellwerkError } from '../../domain/errors.ts'
import type { QueuePause } from '../../domain/queue/queue-pause.ts'
import { type MadePause, pauseQueue } from '../../operations/pause-queue.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { addTarget, giveOrder, targetOf } from '../give-order.ts'
import { type Project, withProject } from '../open-project.ts'
import type { Output } from '../output.ts'
import { durationOf, textFlag } from '../read-flags.ts'
import { showTime } from '../show-time.ts'
import { toJson } from '../to-json.ts'

/** `stellwerk pause QUEUE...`, or `--worker`, `--pool`, `--station`, `--all`: nothing new is taken. */
export const pauseCommand: CliCommand = {
  configure: (command) => {
    addTarget(
      command
        .argument('[queues...]', 'queues of which nothing is claimed any more; what runs goes on')
        .option('--reason <text>', 'why, for those who ask later')
        .option('--for <duration>', "until it ends by itself: '30m'; without it until somebody resumes the queue"),
    ).addHelpText(
      'after',
      "\nExamples:\n  stellwerk pause emails --reason 'provider is down' --for 1h\n  stellwerk pause --worker w_0123456789abcdef\n  stellwerk pause --pool reports",
    )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const target = targetOf(invocation.flags)
      assertOneKind(invocation, target)
      if (invocation.operands.length > 0) return pauseQueues(invocation, project)
      return giveOrder(invocation, project, { kind: 'pause', target })
    }),
}

/** Queues or workers are named, not both and not nothing. @throws OPTION_INVALID */
export function assertOneKind({ operands }: Invocation, target: object): void {
  const namesWorkers = Object.keys(target).length > 0
  if (operands.length > 0 !== namesWorkers) return
  throw new StellwerkError(
    'OPTION_INVALID',
    namesWorkers
      ? 'name queues, or workers by --worker, --pool, --station or --all; not both in one call'
      : "name a queue, such as 'emails', or workers by --worker, --pool, --station or --all",
  )
}

async function pauseQueues({ operands, flags, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const reason = textFlag(flags, 'reason') ?? null
  const span = textFlag(flags, 'for')
  const forMs = span === undefined ? null : durationOf('--for', span)
  const pauses: MadePause[] = []
  for (const queue of operands) pauses.push(await pauseQueue(stellwerk.deps(), { queue, reason, forMs }))
  if (output.json) output.value({ pauses: pauses.map(pauseJson) })
  else for (const pause of pauses) writePause(output, pause)
  return 0
}

function writePause(output: Output, { queue, until, isKnown }: MadePause): void {
  output.line(safeLine(`paused queue ${queue}${until === null ? '' : ` until ${showTime(until)}`}`))
  if (!isKnown)
    output.note(safeLine(`no job of queue '${queue}' is on record, and no live station names it; is it mistyped?`))
}

/** A pause as every command prints it. */
export function pauseJson({ since, until, ...pause }: QueuePause): object {
  const { sinceAt, untilAt } = toJson({ sinceAt: since, untilAt: until })
  return { ...pause, since: sinceAt, until: untilAt }
}
