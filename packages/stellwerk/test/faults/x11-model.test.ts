import fc from 'fast-check'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { postgresHarness } from '../../src/storage/conformance/postgres-harness.ts'
import { newStation } from '../../src/storage/conformance/sample-records.ts'
import { sqliteHarness } from '../../src/storage/conformance/sqlite-harness.ts'
import type { OpenedStore, StoreHarness } from '../../src/storage/conformance/store-harness.ts'
import type { Store } from '../../src/storage/store.ts'
import { report } from './fault-scale.ts'
import { compareStore } from './x11/compare-store.ts'
import { STATION_LEASE_MS } from './x11/station-commands.ts'
import { storeCommands } from './x11/store-commands.ts'
import { StoreModel } from './x11/store-model.ts'

/** The mean of the commands in a run, which has between none and twice as many. */
const COMMANDS = 50
const RUNS = { release: 100_000, ci: 1_000, npm: 50 }

/** Runs by STELLWERK_FAULTS: `ci`, `release`, or a number; unset = the tenth or less that every test run does. */
function runsWanted(): number {
  const wanted = process.env.STELLWERK_FAULTS ?? 'npm'
  return wanted === 'ci' || wanted === 'release' || wanted === 'npm' ? RUNS[wanted] : Number(wanted) || RUNS.npm
}

/** A seed to repeat a run with, from the report of a failure. */
function seedWanted(): { readonly seed?: number } {
  const seed = Number(process.env.STELLWERK_SEED)
  return process.env.STELLWERK_SEED === undefined || Number.isNaN(seed) ? {} : { seed }
}

const tables = [
  ...['job', 'failed_job', 'finished_job', 'finished_payload', 'job_attempt', 'job_log'],
  ...['tally', 'minute_metric', 'dispatch_receipt', 'station'],
]

async function empty(opened: OpenedStore): Promise<void> {
  const all =
    opened.store.kind === 'postgres' ? [...tables, 'tally_delta', 'job_attempt_by_day', 'job_log_by_day'] : tables
  for (const table of all) await opened.sql(`DELETE FROM ${table}`)
}

function modelRuns(name: string, harness: StoreHarness): void {
  describe(name, () => {
    let opened: OpenedStore
    let second: Store

    beforeAll(async () => {
      opened = await harness.open()
      second = await opened.openSecond()
    })
    afterAll(async () => {
      await opened.close()
    })

    test('X11: whatever is ordered, the store shows what the model shows', { timeout: 7_200_000 }, async () => {
      const property = fc.asyncProperty(
        fc.commands(storeCommands, { maxCommands: 2 * COMMANDS, size: 'max' }),
        async (commands) => {
          await empty(opened)
          const model = new StoreModel(await opened.store.metrics.now())
          for (const id of ['first', 'second']) {
            await opened.store.stations.register(newStation({ id, leaseMs: STATION_LEASE_MS }))
            model.register(id, STATION_LEASE_MS)
          }
          await fc.asyncModelRun(() => ({ model, real: { opened, stores: [opened.store, second] as const } }), commands)
          await compareStore(opened, model)
        },
      )
      await fc.assert(property, { numRuns: runsWanted(), endOnFailure: false, ...seedWanted() })
      report('X11', { store: opened.store.kind, fired: runsWanted(), commandsMean: COMMANDS, divergences: 0 })
    })
  })
}

modelRuns('SQLite', sqliteHarness)
modelRuns('PostgreSQL', postgresHarness(inject('postgresUrl')))
