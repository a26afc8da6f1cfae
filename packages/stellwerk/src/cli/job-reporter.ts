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

/** A reporter with everything at zero. */
export function createJobReporter({ write, verbose, onStart }: JobReporterOptions): JobReporter {
  const totals = { completed: 0, retrying: 0, failed: 0, returned: 0, snoozed: 0, refused: 0 }
  const typeOf = new Map<number, string>()
  const say = (line: string): void => {
    if (verbose) write(safeLine(line))
  }
  const onEvent = (event: StationEvent): void => {
    if (event.kind === 'claimed') say(`claimed ${event.count}`)
    else if (event.kind === 'started') {
      if (verbose) typeOf.set(event.id, event.type)
      say(`started job ${event.id} ${event.type} (queue ${event.queue}, attempt ${event.attempt})`)
      onStart()
    } else {
      totals[event.outcome]++
      const took = event.runMs === null ? '' : ` in ${formatDuration(event.runMs)}`
      say(
        `${event.outcome} job ${event.id} ${typeOf.get(event.id) ?? ''}${took}${event.message === null ? '' : `: ${event.message}`}`,
      )
      typeOf.delete(event.id)
    }
  }
  return { onEvent, totals: () => ({ ...totals }) }
}
