import type { StationEvent } from '../client/work-options.ts'
import { formatDuration } from '../std/duration.ts'
import { safeLine } from '../std/terminal-safe.ts'

/** Ends of claims by outcome. */
export type JobTotals = Readonly<Record<Extract<StationEvent, { kind: 'ended' }>['outcome'], number>>

/** Counts what a station does, and says it line by line where that is wanted. */
export interface JobReporter {
  readonly onEvent: (event: StationEvent) => void
  readonly totals: () => JobTotals
}

/** How a reporter speaks. */
export interface JobReporterOptions {
  readonly write: (line: string) => void
  readonly verbose: boolean
  /** Called at each start, before the handler runs. */
  readonly onStart: () => void
}

type Ended = Extract<StationEvent, { kind: 'ended' }>

/** A reporter with everything at zero. */
export function createJobReporter({ write, verbose, onStart }: JobReporterOptions): JobReporter {
  const totals = { completed: 0, retrying: 0, failed: 0, returned: 0, snoozed: 0, crashed: 0, cancelled: 0, refused: 0 }
  const typeOf = new Map<number, string>()
  const say = (line: string): void => {
    if (verbose) write(safeLine(line))
  }
  const ended = (event: Ended): void => {
    totals[event.outcome]++
    say(endLine(event, typeOf.get(event.id) ?? ''))
    typeOf.delete(event.id)
  }
  const onEvent = (event: StationEvent): void => {
    if (event.kind === 'claimed') say(`claimed ${event.count}`)
    else if (event.kind === 'ended') ended(event)
    else {
      if (verbose) typeOf.set(event.id, event.type)
      say(`started job ${event.id} ${event.type} (queue ${event.queue}, attempt ${event.attempt})`)
      onStart()
    }
  }
  return { onEvent, totals: () => ({ ...totals }) }
}

function endLine({ outcome, id, runMs, message }: Ended, type: string): string {
  const took = runMs === null ? '' : ` in ${formatDuration(runMs)}`
  return `${outcome} job ${id} ${type}${took}${message === null ? '' : `: ${message}`}`
}
