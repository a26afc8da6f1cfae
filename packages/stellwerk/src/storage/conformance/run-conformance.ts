import { afterAll, describe } from 'vitest'
import { archiveSuite } from './archive.suite.ts'
import { auditSuite } from './audit.suite.ts'
import { cancelRunningSuite } from './cancel-running.suite.ts'
import { claimsSuite } from './claims.suite.ts'
import { crashesSuite } from './crashes.suite.ts'
import { deadLettersSuite } from './dead-letters.suite.ts'
import { dispatchSuite } from './dispatch.suite.ts'
import { failedJobsSuite } from './failed-jobs.suite.ts'
import { fencingSuite } from './fencing.suite.ts'
import { insertClaimedSuite } from './insert-claimed.suite.ts'
import { jobListsSuite } from './job-lists.suite.ts'
import { jobsSuite } from './jobs.suite.ts'
import { laneHeadsSuite } from './lane-heads.suite.ts'
import { leaseThreadSuite } from './lease-thread.suite.ts'
import { liveRecordsSuite } from './live-records.suite.ts'
import { lostHooksSuite } from './lost-hooks.suite.ts'
import { metricsSuite } from './metrics.suite.ts'
import { ordersSuite } from './orders.suite.ts'
import { outcomesSuite } from './outcomes.suite.ts'
import { pagesSuite } from './pages.suite.ts'
import { promotionSuite } from './promotion.suite.ts'
import { queueSettingsSuite } from './queue-settings.suite.ts'
import { rescueSuite } from './rescue.suite.ts'
import { retentionSuite } from './retention.suite.ts'
import { rollupSuite } from './rollup.suite.ts'
import { schemaSuite } from './schema.suite.ts'
import { sessionsSuite } from './sessions.suite.ts'
import { settleMetricsSuite } from './settle-metrics.suite.ts'
import { stationsSuite } from './stations.suite.ts'
import type { StoreHarness } from './store-harness.ts'
import { tokensSuite } from './tokens.suite.ts'
import { transactionsSuite } from './transactions.suite.ts'
import { wakeSuite } from './wake.suite.ts'
import { workersSuite } from './workers.suite.ts'

/** Registers every promise of the storage ports for one driver; each test opens a database without a row. */
export function runConformance(name: string, harness: StoreHarness): void {
  describe(`${name} keeps the promises of the store`, () => {
    afterAll(() => harness.end?.())
    for (const suite of [
      dispatchSuite,
      insertClaimedSuite,
      transactionsSuite,
      laneHeadsSuite,
      claimsSuite,
      promotionSuite,
      outcomesSuite,
      crashesSuite,
      fencingSuite,
      settleMetricsSuite,
      liveRecordsSuite,
      stationsSuite,
      rescueSuite,
      workersSuite,
      ordersSuite,
      queueSettingsSuite,
      jobsSuite,
      cancelRunningSuite,
      jobListsSuite,
      failedJobsSuite,
      lostHooksSuite,
      deadLettersSuite,
      pagesSuite,
      metricsSuite,
      rollupSuite,
      retentionSuite,
      archiveSuite,
      tokensSuite,
      sessionsSuite,
      auditSuite,
      schemaSuite,
      wakeSuite,
      leaseThreadSuite,
    ]) {
      suite(harness)
    }
  })
}
