import type { Log } from '../../std/log.ts'
import type { OutcomeStore } from '../../storage/outcome-store.ts'
import type { LiveRecords } from '../executor.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Lines and progress are seen by others within this. */
const intervalMs = 250

/** Stores what running handlers write. What could not be stored is kept for the next pass. */
export function createScribe(
  outcomes: Pick<OutcomeStore, 'recordLive'>,
  takeLive: () => LiveRecords,
  log: Log,
): PeriodicService {
  let kept: LiveRecords = { logs: [], progress: [] }
  return new PeriodicService({
    name: 'scribe',
    intervalMs,
    log,
    pass: async () => {
      const taken = takeLive()
      kept = { logs: [...kept.logs, ...taken.logs], progress: [...kept.progress, ...taken.progress] }
      if (kept.logs.length + kept.progress.length === 0) return
      await outcomes.recordLive(kept.logs, kept.progress)
      kept = { logs: [], progress: [] }
    },
  })
}
