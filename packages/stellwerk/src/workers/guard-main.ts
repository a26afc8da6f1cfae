import { sharedClockMs } from '../std/shared-clock.ts'
import { LineSplitter } from './line-splitter.ts'

/**
 * The guard of a station: it kills the workers' process groups when the station's pipe closes without a word, or when nobody may trust the station any more, and they
 * have had a moment to abort their jobs and leave.
 * Lines on its standard input: `add PID`, `drop PID`, `trust MS` (shared clock), `bye`.
 */
const leaveMs = 2_000
const pids = new Set<number>()
const lines = new LineSplitter()
let trustedUntilMs = Number.POSITIVE_INFINITY

function killAll(): void {
  for (const pid of pids) {
    for (const target of [-pid, pid])
      try {
        process.kill(target, 'SIGKILL')
      } catch {
        // It is gone already, or this system has no groups.
      }
  }
  pids.clear()
}

function obey(line: string): void {
  const [verb, figure] = line.split(' ')
  if (verb === 'add') pids.add(Number(figure))
  else if (verb === 'drop') pids.delete(Number(figure))
  else if (verb === 'trust') trustedUntilMs = Number(figure)
  else if (verb === 'bye') process.exit(0)
}

// Signals to the station's group are the station's business.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGTSTP', 'SIGUSR2'] as const)
  process.on(signal, () => {})
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text: string) => {
  for (const line of lines.push(text)) obey(line)
})
process.stdin.on('error', () => {})
process.stdin.on('close', () => {
  killAll()
  process.exit(0)
})
setInterval(() => {
  if (sharedClockMs() > trustedUntilMs + leaveMs) killAll()
}, 500)
