import type { LogAppend, OutcomeStore } from '../../storage/outcome-store.ts'
import type { LiveRecords } from '../executor.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Lines and progress are seen by others within this. */
const intervalMs = 250

/** Stores what running handlers write. What could not be stored is kept for the next pass, as much of it as a store would keep. */
export function createScribe(
  outcomes: Pick<OutcomeStore, 'recordLive'>,
  takeLive: () => LiveRecords,
  failures: FailureLog,
): PeriodicService {
  let kept: LiveRecords = { logs: [], progress: [] }
  return new PeriodicService({
    name: 'scribe',
    intervalMs,
    failures,
    pass: async () => {
      kept = together(kept, takeLive())
      if (kept.logs.length + kept.progress.length === 0) return
      await outcomes.recordLive(kept.logs, kept.progress)
      kept = { logs: [], progress: [] }
    },
  })
}

/** What was kept, and what came after it: the newest progress of each claim, and the lines that its attempt has not outgrown. */
function together(kept: LiveRecords, taken: LiveRecords): LiveRecords {
  if (kept.logs.length + kept.progress.length === 0) return taken
  const progress = new Map([...kept.progress, ...taken.progress].map((update) => [claimOf(update), update]))
  const logs = [...kept.logs, ...taken.logs]
  // The number only grows with the chunks of an attempt: the last one says it.
  const lowest = new Map(logs.map((append) => [claimOf(append), append.dropBelowChunk]))
  return {
    logs: logs.filter((append) => append.chunk >= (lowest.get(claimOf(append)) ?? 0)),
    progress: [...progress.values()],
  }
}

function claimOf({ jobId, claimSeq }: Pick<LogAppend, 'jobId' | 'claimSeq'>): string {
  return `${jobId}:${claimSeq}`
}
