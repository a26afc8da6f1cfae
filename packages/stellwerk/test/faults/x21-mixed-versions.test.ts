import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/app/open-store.ts'
import { silentLog } from '../../src/std/log.ts'
import { sharedClockMs } from '../../src/std/shared-clock.ts'
import { sleep } from '../../src/std/sleep.ts'
import { assertInvariants } from '../../src/storage/conformance/invariants.ts'
import type { Store } from '../../src/storage/store.ts'
import { type BareDatabase, openBareDatabase } from '../upgrade/bare-database.ts'
import { MixedChild } from '../upgrade/mixed-child.ts'
import type { MixedSetup } from '../upgrade/mixed-setup.ts'
import { oldProgram } from '../upgrade/old-program.ts'
import { faultFigure, report } from './fault-scale.ts'
import { storeKinds } from './live-database.ts'

/** How often, and how many jobs each of the three phases sees at least. */
const figure = faultFigure({
  npm: { times: 1, jobs: 60, limitMs: 100_000 },
  // The station of the new program leaves most to the two old ones, which know nothing of turns: of some two hundred jobs a second it has thirty.
  ci: { times: 3, jobs: 3_000, limitMs: 400_000 },
  release: { times: 20, jobs: 20_000, limitMs: 2_000_000 },
})
const { limitMs } = figure
const programs = { old: oldProgram().href, new: new URL('../../src/index.ts', import.meta.url).href }

/** Processes of both programs on one store. */
class MixedRun {
  readonly children: MixedChild[] = []
  readonly #database: BareDatabase

  constructor(database: BareDatabase) {
    this.#database = database
  }

  start(program: MixedSetup['program'], role: MixedSetup['role']): MixedChild {
    const { address, folder } = this.#database
    const [stateDir, sinkPath, entry] = [join(folder, 'state'), join(folder, 'sink'), programs[program]]
    const child = new MixedChild({ program, role, address, stateDir, sinkPath, entry, seed: this.children.length })
    this.children.push(child)
    return child
  }

  /** Waits for a condition, at most the time of a phase. */
  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const startedMs = sharedClockMs()
    while (!(await condition())) {
      expect(this.troubles(), 'errors that applications and operators saw').toEqual([])
      if (sharedClockMs() - startedMs > limitMs) throw new Error(`not in time: ${what}`)
      await sleep(20)
    }
  }

  /** Whatever a caller or the log was told that was not right. */
  troubles(): readonly string[] {
    return this.children.flatMap(({ program, said }) =>
      said.flatMap((event) =>
        event.e === 'error' || event.e === 'log' ? [`${program}: ${JSON.stringify(event)}`] : [],
      ),
    )
  }

  acked(): ReadonlyMap<number, number> {
    return new Map(
      this.children.flatMap(({ said }) => said.flatMap((event) => (event.e === 'acked' ? event.jobs : []))),
    )
  }

  cancelled(): readonly number[] {
    return this.children.flatMap(({ said }) => said.flatMap((event) => (event.e === 'cancelled' ? [event.id] : [])))
  }

  /** Runs that came to their end: job, claim, who dispatched it, who ran it. */
  ends(): readonly (readonly string[])[] {
    const lines = readFileSync(join(this.#database.folder, 'sink'), 'utf8').trimEnd().split('\n')
    return lines.filter((line) => line !== '').map((line) => line.split(' '))
  }
}

async function inTheBackground(run: MixedRun, children: readonly MixedChild[]): Promise<void> {
  await run.until(() => children.every(({ isReady }) => isReady), 'processes start')
}

async function untilEnds(run: MixedRun, count: number, mark: string): Promise<void> {
  const ends = (): number => run.ends().filter((line) => line.slice(2).join(' ').includes(mark)).length
  const before = ends()
  await run.until(() => ends() >= before + count, `${count} jobs of '${mark}'`)
}

/** Every job that was acknowledged has one end, the one its payload asked for, and all counters say so. */
async function assertEnds(run: MixedRun, database: BareDatabase, store: Store): Promise<void> {
  const rows = await database.sql(`SELECT id, state FROM finished_job UNION ALL SELECT id, 'failed' FROM failed_job`)
  const states = new Map(rows.map((row) => [Number(row['id']), row['state']]))
  expect(await database.sql('SELECT id FROM job'), 'live rows').toEqual([])
  for (const [id, failures] of run.acked())
    expect(states.get(id), `job ${id}`).toBe(failures < 3 ? 'completed' : 'failed')
  for (const id of run.cancelled()) expect(states.get(id), `job ${id}`).toBe('cancelled')
  expect(states.size, 'no job that nobody knows of').toBe(run.acked().size + run.cancelled().length)
  const ended = run.ends().map(([id]) => Number(id))
  expect(ended.length, 'no job completed twice').toBe(new Set(ended).size)
  expect(new Set(ended)).toEqual(new Set([...run.acked()].flatMap(([id, failures]) => (failures < 3 ? [id] : []))))
  const [runs] = await database.sql(
    `SELECT (SELECT count(*) FROM finished_job WHERE state = 'completed') + (SELECT count(*) FROM every_job_attempt) AS runs`,
  )
  const notNeeded = (): never => {
    throw new Error('not of use here')
  }
  const opened = { openSecond: notNeeded, advance: notNeeded, begin: notNeeded, startIdsAt: notNeeded }
  await assertInvariants({ ...database, ...opened, store }, { endedRuns: Number(runs?.['runs']) })
}

describe.each(storeKinds)('%s', (kind) => {
  test('X21: a new program migrates under load, works beside the old one, and takes over without an error', {
    timeout: figure.times * 5 * limitMs,
  }, async () => {
    for (let time = 0; time < figure.times; time++) {
      const database = await openBareDatabase(kind)
      onTestFinished(() => database.close())
      const run = new MixedRun(database)
      onTestFinished(async () => void (await Promise.all(run.children.map((child) => child.abort()))))
      await run.start('old', 'migrate').finish()
      expect(await database.sql('SELECT version FROM stellwerk_schema')).toEqual([{ version: 1 }])

      const old = [run.start('old', 'station'), run.start('old', 'dispatcher')]
      old.push(run.start('old', 'station'), run.start('old', 'dispatcher'))
      await inTheBackground(run, old)
      await untilEnds(run, figure.jobs, 'old old')
      const startedMs = sharedClockMs()
      const store = await openStore({
        address: database.address.store,
        ...database.address,
        migrate: true,
        log: silentLog,
      })
      onTestFinished(() => store.close())
      const migratedMs = Math.round(sharedClockMs() - startedMs)
      const version = (await store.schema.version())?.version ?? 0
      expect(version, 'the fault fired: there was something to migrate').toBeGreaterThan(1)
      await untilEnds(run, 20, 'old old')

      const late = run.start('old', 'dispatcher')
      const added = [run.start('new', 'station'), run.start('new', 'dispatcher'), late]
      await inTheBackground(run, added)
      await Promise.all(['old new', 'new old', 'new new'].map((mark) => untilEnds(run, figure.jobs / 5, mark)))
      await Promise.all([...old, late].map((child) => child.finish()))
      await untilEnds(run, figure.jobs / 5, 'new new')
      await added[1]?.finish()
      await run.until(async () => (await database.sql('SELECT id FROM job LIMIT 1')).length === 0, 'all jobs end')
      await added[0]?.finish()

      expect(run.troubles(), 'errors that applications and operators saw').toEqual([])
      await assertEnds(run, database, store)
      const jobs = run.acked().size
      report('X21', { store: kind, fired: 1, jobs, from: 1, to: version, migratedMs, errors: 0, lost: 0 })
    }
  })

  test('X21: a schema that has left a program behind refuses it, and says what to do', async () => {
    const database = await openBareDatabase(kind)
    onTestFinished(() => database.close())
    const run = new MixedRun(database)
    const open = (migrate: boolean): Promise<Store> =>
      openStore({ address: database.address.store, ...database.address, migrate, log: silentLog })
    const store = await open(true)
    const known = (await store.schema.version())?.version ?? 0
    await store.close()
    await database.sql(`UPDATE stellwerk_schema SET version = ${known + 2}, oldest_program = ${known + 1}`)
    for (const migrate of [true, false])
      await expect(open(migrate)).rejects.toMatchObject({
        code: 'SCHEMA_TOO_NEW',
        message: expect.stringMatching(new RegExp(`${known + 1}.*[Uu]pdate`)),
      })
    for (const role of ['migrate', 'station', 'dispatcher'] as const)
      expect(await run.start('old', role).failure()).toContain('SCHEMA_TOO_NEW')
    report('X21', { store: kind, fired: 5, refused: 5 })
  })
})
