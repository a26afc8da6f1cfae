import { expect, inject, onTestFinished, test } from 'vitest'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { completedOf, failedOf } from '../conformance/sample-records.ts'
import { at, claimJobs, dispatchMany, settle, startStation } from '../conformance/store-steps.ts'

test('a job that is retried while the clock goes on has one time for its run-at and its place', async () => {
  const opened = await postgresHarness(inject('postgresUrl')).open()
  onTestFinished(() => opened.close())
  const { store, sql } = opened
  await startStation(store)
  await dispatchMany(store, 3)
  const jobs = await claimJobs(store, 'station-a')
  await settle(store, failedOf(at(jobs, 0)), failedOf(at(jobs, 1)), completedOf(at(jobs, 2)))
  const [schema] = await sql('SELECT current_schema() AS name')
  await sql('CREATE SEQUENCE test_tick')
  // Each call of the clock is a millisecond later than the one before.
  await sql(`CREATE OR REPLACE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT at + nextval(''${String(schema?.['name'])}.test_tick'') FROM ${String(schema?.['name'])}.test_clock'`)
  await store.jobs.retry(at(jobs, 0).id)
  await store.failedJobs.retryNext({}, { afterId: 0, limit: 10 })
  await store.jobs.retry(at(jobs, 2).id)
  expect(await sql('SELECT count(*) AS retried FROM job')).toEqual([{ retried: 3 }])
  expect(await sql('SELECT id FROM job WHERE position <> run_at - weight * 1000')).toEqual([])
})
