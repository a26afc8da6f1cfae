import { OverviewMemory } from '../../operations/overview-memory.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type Project, withProject } from '../open-project.ts'
import { durationOf, textFlag } from '../read-flags.ts'
import { processTerminal } from '../top/process-terminal.ts'
import { renderTop } from '../top/render-top.ts'
import { readTop, runTop } from '../top/run-top.ts'
import { firstView } from '../top/top-view.ts'
import { untilSignal } from '../until-signal.ts'

/** `stellwerk top`: queues, workers, running jobs and failures, live, steered by keys. */
export const topCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--every <duration>', 'how often it is read anew, in seconds (default: 1)')
      .option('--once', 'print one picture of 80 x 24 and end; so it is where the output is no terminal')
      .addHelpText(
        'after',
        [
          '',
          'Keys: 1 to 4, tab: queues, workers, running jobs, failures. Arrows or j, k: select. p: pause or resume the queue or worker. s, R: stop, restart the',
          'worker. c: cancel the running job. r: retry the failed job. M: maintenance. space: freeze. q: quit. What ends something is asked about first.',
        ].join('\n'),
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
      const once = invocation.flags['once'] === true || invocation.output.json || !isTerminal
      return once ? showOnce(invocation, project) : follow(invocation, project)
    }),
}

async function showOnce({ output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const reading = await readTop(stellwerk.deps(), new OverviewMemory())
  if (output.json) {
    const { verdict, vitals, counts, queues, running, failures } = reading.overview
    const { workers, pools, statistics } = reading.workers
    output.value({ verdict, vitals, counts, queues, running, failures, workers, pools, statistics })
    return 0
  }
  const paint = output.paint.bind(output)
  for (const line of renderTop(reading, firstView, { width: output.width ?? 80, height: 24, paint }))
    output.line(line.trimEnd())
  return 0
}

async function follow({ flags, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const ending = new AbortController()
  void untilSignal().then(() => ending.abort())
  await runTop({
    deps: stellwerk.deps(),
    memory: new OverviewMemory(),
    terminal: processTerminal(),
    paint: output.paint.bind(output),
    everyMs: Math.max(100, durationOf('--every', textFlag(flags, 'every') ?? '1')),
    signal: ending.signal,
  })
  return 0
}
