import { writeSync } from 'node:fs'
import { sharedClockMs } from '../../../src/std/shared-clock.ts'
import type { HistoryEvent } from '../checker/history-event.ts'

type Told = HistoryEvent extends infer Event
  ? Event extends { readonly at: number }
    ? Omit<Event, 'at'>
    : never
  : never

/** Writes one event to the pipe at once: what is written outlives the writer. */
export function tell(event: Told): void {
  const bytes = Buffer.from(`${JSON.stringify({ ...event, at: sharedClockMs() })}\n`)
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(1, bytes, from)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}
