import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, onTestFinished, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** Folders for the run are made in `folder`, which is its own: others measure at the same time. */
function runBench(args: readonly string[], folder = tmpdir()) {
  const env = { ...process.env, TMPDIR: folder }
  const run = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 110_000, env })
  return { status: run.status, stderr: run.stderr, lines: run.stdout.trimEnd().split('\n') }
}

function benchFolders(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('stellwerk-bench-'))
}

const stores = [
  ['sqlite', () => 'sqlite'],
  ['postgres', () => inject('postgresUrl')],
] as const

test.for(stores)('a drain on %s completes every job exactly once and says so', ([, store]) => {
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-bench-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const args = ['drain', '--store', store(), '--jobs', '2000', '--rounds', '1', '--json']
  const { lines, status, stderr } = runBench(args, folder)
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const result = JSON.parse(lines.at(-1) ?? '')
  expect(result).toMatchObject({ scenario: 'drain', jobs: 2_000, verified: true })
  expect(Object.values(result.checks)).not.toContain(false)
  expect(result.jobs_per_second).toBeGreaterThan(0)
  expect(benchFolders(folder)).toEqual([])
})

test.for(stores)('the 200 workers that beat on %s are all on record, and fresh', ([, store]) => {
  const { lines, status, stderr } = runBench(['heartbeats', '--store', store(), '--seconds', '1', '--json'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const result = JSON.parse(lines.at(-1) ?? '')
  expect(result).toMatchObject({ scenario: 'heartbeats', workers: 200, verified: true })
  expect(result.checks).toEqual({ every_worker_on_record: true, every_beat_is_fresh: true })
  expect(result.percent_of_a_core).toBeTypeOf('number')
})

test('an unknown scenario ends with exit code 2 and the names of the known ones', () => {
  const { status, stderr } = runBench(['drian'])
  expect(stderr).toContain('enqueue-bulk, enqueue-single, drain')
  expect(status).toBe(2)
})
