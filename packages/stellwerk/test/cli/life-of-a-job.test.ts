import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import type { NamedPoolOptions } from '../../src/client/pool-options.ts'
import { completePool } from '../../src/engine/pool-settings.ts'
import { CliProject } from './cli-project.ts'
import { dropSchema, newSchemaName } from './postgres-schema.ts'

const address = inject('postgresUrl')
let project: CliProject
let schema: string

function begin(kind: 'sqlite' | 'postgres'): void {
  schema = newSchemaName()
  project = kind === 'sqlite' ? new CliProject() : new CliProject({ store: address, schema })
}

async function end(kind: 'sqlite' | 'postgres'): Promise<void> {
  project.remove()
  if (kind === 'postgres') await dropSchema(address, schema)
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  beforeEach(() => begin(kind))

  afterEach(() => end(kind))

  test('a job is dispatched, listed, run once and shown with its result', async () => {
    const dispatched = await project.json('dispatch', 'greet', '--priority', 'high')
    expect(dispatched).toMatchObject({ id: '1', uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    await project.run(['dispatch', 'greet'])
    expect(await project.json('work', '--once')).toMatchObject({ completed: 1 })
    expect(await project.json('job', (dispatched as { uuid: string }).uuid)).toMatchObject({
      id: '1',
      state: 'completed',
      priority: 10,
      result: { hello: true },
    })
    expect(await project.json('jobs', '--state', 'pending')).toMatchObject({ jobs: [{ id: '2' }], nextBefore: null })
    expect(await project.json('work', '--stop-when-empty')).toMatchObject({ completed: 1 })
    expect(await project.json('metrics', '--total')).toMatchObject({
      rows: [{ queue: 'default', type: 'greet', outcome: 'completed', count: 2 }],
    })
  })

  test('a payload comes from the standard input, and many jobs from one call', async () => {
    const wrong = await project.run(['dispatch', 'greet', '-'], { input: '{"a": 1}' })
    expect(wrong.stderr).toContain('takes no payload')
    expect(await project.json('dispatch', 'greet', '--count', '1500')).toEqual({
      dispatched: 1500,
      firstId: '1',
      lastId: '1500',
    })
    expect(await project.json('queues')).toMatchObject({
      queues: [
        { queue: 'default', counts: { pending: 1500 }, unservedTypes: ['greet'], status: 'stuck', timeToDrainMs: null },
      ],
    })
  })

  test('a bare number is seconds, and a waiting job can be moved and cancelled', async () => {
    await project.run(['dispatch', 'greet', '--delay', '3600'])
    const { createdAt, runAt } = (await project.json('job', '1')) as { createdAt: string; runAt: string }
    expect(Date.parse(runAt) - Date.parse(createdAt)).toBe(3_600_000)
    expect(await project.json('priority', '1', '-5')).toEqual({ id: '1', priority: -5 })
    const partly = await project.run(['cancel', '1', '2'])
    expect(partly).toMatchObject({
      exitCode: 3,
      stdout: 'cancelled job 1\n',
      stderr: expect.stringContaining('there is no job 2'),
    })
  })

  test('a finished job is archived, listed, released, and refused where it cannot be', async () => {
    await project.run(['dispatch', 'greet', '--count', '2'])
    await project.run(['work', '--once'])
    expect(await project.run(['archive', '1', '2'])).toMatchObject({
      exitCode: 4,
      stdout: 'archived job 1\n',
      stderr: expect.stringContaining('job 2 is pending; only a completed or cancelled job can be archived'),
    })
    expect(await project.json('jobs', '--archived')).toMatchObject({
      jobs: [{ id: '1', state: 'completed', archivedAt: expect.stringMatching(/^20/), archivedBy: expect.any(String) }],
    })
    expect((await project.run(['job', '1'])).stdout).toMatch(/archived +20.* by /)
    expect((await project.run(['archive', '1'])).stderr).toContain('job 1 is archived already')
    expect(await project.json('release', '1')).toEqual({ released: 1, ids: ['1'] })
    expect(await project.json('jobs', '--archived')).toMatchObject({ jobs: [] })
    const again = await project.run(['release', '1'])
    expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('job 1 is not archived') })
  })

  test('failed jobs are counted, retried and deleted by selection', async () => {
    await project.run(['dispatch', 'broken', '--count', '5'])
    await project.run(['work', '--stop-when-empty'])
    expect(await project.json('failed', '--limit', '2')).toMatchObject({
      jobs: [{ id: '5', errorMessage: 'no \u001b[31mluck' }, { id: '4' }],
      nextBefore: '4',
    })
    expect(await project.json('retry', '--type', 'broken', '--dry-run')).toEqual({
      dryRun: true,
      would: 'retry',
      count: 5,
    })
    expect(await project.json('retry', '1-2')).toEqual({ retried: 2 })
    expect(await project.json('retry', '3')).toEqual({ retried: 1, ids: ['3'] })
    expect(await project.json('forget', '--since', '1h')).toEqual({ deleted: 2 })
    expect(await project.json('jobs')).toMatchObject({
      jobs: [{ id: '3', state: 'pending', attempt: 1, triesBegun: 0, tries: 1 }, { id: '2' }, { id: '1' }],
    })
    await project.run(['work', '--stop-when-empty'])
    expect((await project.run(['jobs', '--limit', '1'])).stdout).toContain(' 1/1 ')
    expect((await project.run(['job', '3'])).stdout).toMatch(/tries +1\/1, 1 failed\n.*attempts +2 since the dispatch/)
    expect(await project.json('flush', '--older-than', '1d')).toEqual({ deleted: 0 })
    expect(await project.json('flush')).toEqual({ deleted: 3 })
  })

  test('a job that failed for good is found under its dead-letter queue, and retried into its own', async () => {
    await project.run(['dispatch', 'broken', '--queue', 'emails'])
    const env = { STELLWERK_DEAD_LETTERS: '{"emails":"emails-dead"}' }
    await project.run(['work', '--stop-when-empty'], { env })
    expect(await project.json('failed', '--queue', 'emails-dead')).toMatchObject({
      jobs: [{ id: '1', queue: 'emails-dead', originQueue: 'emails' }],
    })
    expect(await project.json('failed', '--queue', 'emails')).toMatchObject({ jobs: [] })
    expect((await project.run(['failed'])).stdout).toContain('emails-dead (from emails)')
    expect((await project.run(['job', '1'])).stdout).toMatch(
      /dead letter +went to dead-letter queue `emails-dead` from `emails`/,
    )
    expect(await project.json('retry', '--queue', 'emails-dead')).toEqual({ retried: 1 })
    expect(await project.json('job', '1')).toMatchObject({ state: 'pending', queue: 'emails', originQueue: null })
  })

  test('nothing that a job says reaches the terminal as it is', async () => {
    await project.run(['dispatch', 'broken'])
    const { stderr } = await project.run(['work', '--stop-when-empty', '--verbose'])
    const shown = await Promise.all([project.run(['failed']), project.run(['job', '1'])])
    for (const text of [stderr, ...shown.map(({ stdout }) => stdout)]) {
      expect(text).toContain('no \\x1b[31mluck')
      expect(text).not.toContain('\u001b')
    }
  })

  test('a stopped station gives back what runs: exit 0, and 75 where a restart is wanted', async () => {
    await project.run(['dispatch', 'slow'])
    for (const [signals, exitCode] of [
      [['SIGINT', 'SIGINT'], 0],
      [['SIGUSR2', 'SIGINT'], 75],
    ] as const) {
      const work = project.start(['work', '--verbose'])
      await vi.waitFor(() => expect(work.stderr()).toContain('started job 1'), 20_000)
      for (const signal of signals) {
        work.child.kill(signal)
        await vi.waitFor(() => expect(work.stderr()).toContain('stopping'), 20_000)
      }
      const answer = await work.answer
      expect(answer.stderr).toContain('returned job 1')
      expect(answer.exitCode).toBe(exitCode)
      expect(await project.json('job', '1')).toMatchObject({ state: 'pending', attempt: 0, failures: 0 })
    }
  })

  test('dev restarts its station when a module changes, also after one that does not load', async () => {
    const dev = project.start(['dev', '--no-room'])
    await vi.waitFor(() => expect(dev.stderr()).toContain('station works'), 20_000)
    project.writeJobs('export const = broken')
    await vi.waitFor(() => expect(dev.stderr()).toContain('syntax error'), 20_000)
    project.writeJobs("export const later = defineJob({ name: 'later', handle() {} })")
    await vi.waitFor(() => expect(dev.stderr().match(/station works/g)).toHaveLength(2), 20_000)
    await project.run(['dispatch', 'later'])
    await vi.waitFor(() => expect(dev.stderr()).toContain('completed job 1 later'), 20_000)
    dev.child.kill('SIGTERM')
    expect(await dev.answer).toMatchObject({ exitCode: 0 })
  })

  test('a dry run over named jobs counts those that would be touched, and names one that is not there', async () => {
    await project.run(['dispatch', 'greet', '--count', '2'])
    await project.json('work', '--once')
    expect(await project.json('retry', '1', '2', '--dry-run')).toEqual({ dryRun: true, would: 'retry', count: 1 })
    expect(await project.json('forget', '1', '2', '--dry-run')).toEqual({ dryRun: true, would: 'delete', count: 2 })
    const missing = await project.run(['retry', '1', '99', '--dry-run'])
    expect(missing).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('there is no job 99') })
    expect(await project.json('jobs')).toMatchObject({ jobs: [{ state: 'pending' }, { state: 'completed' }] })
  })
})

test('init writes the documented profiles as pools where it is asked to, and they are in order', async () => {
  const empty = new CliProject()
  try {
    rmSync(join(empty.directory, 'stellwerk.config.mts'))
    expect((await empty.run(['init', '--profiles'])).stdout).toContain('wrote stellwerk.config.ts')
    const written = readFileSync(join(empty.directory, 'stellwerk.config.ts'), 'utf8')
    // The package is not installed here.
    empty.write(
      'stellwerk.config.ts',
      written.replace(/^import .*/, 'const defineConfig = <T>(config: T): T => config'),
    )
    const { settings } = (await empty.json('config', 'pools')) as {
      settings: { pools: { value: Record<string, NamedPoolOptions> } }
    }
    const pools = Object.entries(settings.pools.value).map(([name, pool]) => [name, completePool(name, pool)] as const)
    expect(pools.map(([name, { processes }]) => `${name} ${processes}`)).toEqual([
      'high 2',
      'normal 4',
      'low 1',
      'emails 1',
      'reports 1',
      'default 1',
    ])
    expect(Object.fromEntries(pools)).toMatchObject({
      default: { maxJobs: 1_000, maxTimeMs: 3_600_000, sleepMs: 3_000, rules: { tries: 3, timeout: 60_000 } },
      emails: { maxExceptions: 3, rules: { tries: 5, timeout: 30_000, backoff: ['1s', '5s', '10s'] } },
      reports: { force: true, memoryBytes: 1_073_741_824, rules: { tries: 1, timeout: 300_000 } },
      low: { sleepMs: 10_000, rules: { timeout: 300_000 } },
    })
  } finally {
    empty.remove()
  }
})

test('init writes two files once', async () => {
  const empty = new CliProject()
  try {
    for (const name of ['stellwerk.config.mts', 'jobs.mts']) empty.write(name, '')
    const kept = await empty.run(['init'])
    expect(kept.stdout).toContain('kept stellwerk.config.mts: it exists')
    expect(kept.stdout).toContain('wrote jobs.ts')
    expect(readFileSync(join(empty.directory, 'stellwerk.config.mts'), 'utf8')).toBe('')
  } finally {
    empty.remove()
  }
})

test.each([
  ['sqlite', 'is not there yet'],
  ['postgres', 'holds no schema of ours'],
] as const)('on %s the doctor says what is missing, and is content once it is there', async (kind, found) => {
  begin(kind)
  const { exitCode, stdout } = await project.run(['doctor', '--json'])
  expect(exitCode).toBe(7)
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    checks: expect.arrayContaining([
      {
        name: 'store',
        ok: false,
        found: expect.stringContaining(found),
        remedy: expect.stringContaining('stellwerk migrate'),
      },
    ]),
  })
  const migrated = await project.run(['migrate'])
  expect(migrated.stdout).toMatch(/^made the schema, version \d+\n {2}step 1: jobs, history, counters, stations\n/)
  expect((await project.run(['migrate'])).stdout).toMatch(/^nothing to do\nthe schema is at version \d+; /)
  // The server of a test run does not wait for its disk, which is all that may be left to say of it.
  const { checks } = JSON.parse((await project.run(['doctor', '--json'])).stdout) as {
    readonly checks: readonly { readonly name: string; readonly ok: boolean }[]
  }
  expect(checks.filter(({ name, ok }) => !ok && name !== 'fsync')).toEqual([])
  await end(kind)
})
