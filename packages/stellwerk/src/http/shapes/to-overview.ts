import type { OverviewReading } from '../../operations/read-overview.ts'
import type { Overview } from '../schemas/overview.ts'
import type { Verdict } from '../schemas/verdict.ts'
import { toFailedJob, toIso, toIsoOrNull, toJob } from './to-job.ts'
import { toHundredths, toMaintenance, toQueue } from './to-queue.ts'

/** The first page as the interface shows it. Pure. */
export function toOverview(reading: OverviewReading, installationId: string): Overview {
  const { now, vitals, hour } = reading
  return {
    at: toIso(now),
    verdict: toVerdict(reading.verdict),
    maintenance: toMaintenance(reading.maintenance),
    vitals: { ...vitals, throughputPerMinute: toHundredths(vitals.throughputPerMinute) },
    sparklines: { ended: [...hour.ended], failed: [...hour.failed], waitP95Ms: [...hour.waitP95Ms] },
    counts: { ...reading.counts },
    queues: reading.queues.map(toQueue),
    running: reading.running.map((job) => ({
      ...toJob(job, installationId),
      forMs: Math.max(0, now - (job.claimedAt ?? now)),
    })),
    failures: reading.failures.map((job) => toFailedJob(job, installationId)),
  }
}

function toVerdict({ state, since, reasons }: OverviewReading['verdict']): Verdict {
  return {
    state,
    since: toIsoOrNull(since),
    reasons: reasons.map((reason) => ({ ...reason, params: { ...reason.params } })),
  }
}
