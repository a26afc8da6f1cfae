import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { temporaryFolder } from '../temporary-store.ts'
import { assertCounters } from './checker/check-history.ts'
import { faultFigure, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, openLiveFile, storeKinds } from './live-database.ts'
import type { FullDiskReport } from './x8/full-disk-report.ts'

const figure = faultFigure({ npm: { cycles: 2 }, ci: { cycles: 20 }, release: { cycles: 200 } })
const limitMs = 60_000 + figure.cycles * 5_000

const exec = DatabaseSync.prototype.exec
afterEach(() => {
  DatabaseSync.prototype.exec = exec
})

/** Every connection that is configured from here on. */
function watchConnections(): ReadonlySet<DatabaseSync> {
  const connections = new Set<DatabaseSync>()
  DatabaseSync.prototype.exec = function (this: DatabaseSync, text: string): void {
    if (text.includes('PRAGMA synchronous')) connections.add(this)
    exec.call(this, text)
  }
  return connections
}

/** How the store's space ends, and comes back. */
interface Space {
  readonly end: () => Promise<void>
  readonly comeBack: () => Promise<void>
}

/** The file may grow no further. */
function fullFile(connections: ReadonlySet<DatabaseSync>): Space {
  const limit = (pages: (now: number) => number): void => {
    for (const connection of connections) {
      if (!connection.isOpen) continue
      const now = Number(connection.prepare('PRAGMA page_count').get()?.['page_count'])
      connection.exec(`PRAGMA max_page_count = ${pages(now)}`)
    }
  }
  return { end: async () => limit((now) => now + 1), comeBack: async () => limit(() => 1_000_000) }
}

/**
 * The server has no space for a row of these tables, and says so as it does. The triggers stay: dropping one locks the partitions before their table, crosswise
 * to whoever writes.
 */
async function fullServer({ sql }: LiveDatabase): Promise<Space> {
  await sql('CREATE TABLE disk AS SELECT false AS is_full')
  await sql(`CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
    IF (SELECT is_full FROM disk) THEN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END IF;
    RETURN NEW; END $$`)
  for (const table of ['job', 'finished_job'])
    await sql(`CREATE TRIGGER no_space BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION no_space()`)
  const turn = async (isFull: boolean): Promise<void> => {
    await sql('UPDATE disk SET is_full = $1', [isFull])
  }
  return { end: () => turn(true), comeBack: () => turn(false) }
}

async function finished(database: LiveDatabase): Promise<ReadonlySet<number>> {
  return new Set(
    (await database.sql(`SELECT id FROM finished_job WHERE state = 'completed'`)).map(({ id }) => Number(id)),
  )
}

/** What there was room for may still be taken; in the end nothing is. */
async function untilRefused(dispatch: () => Promise<boolean>): Promise<void> {
  for (let refused = 0; refused < 3; ) if (!(await dispatch())) refused++
}

describe.each(storeKinds)('%s', (kind) => {
  test('X8: without space a dispatch is refused with its code and nothing is half-written; with space again all goes on', {
    timeout: limitMs + 10_000,
  }, async () => {
    const connections = watchConnections()
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const space = kind === 'sqlite' ? fullFile(connections) : await fullServer(database)
    const job = defineJob({ name: 'large', handle: async () => undefined })
    const stellwerk = await openStellwerk({ ...database.address, jobs: [job] })
    onTestFinished(() => stellwerk.close())
    const station = await stellwerk.work({ lease: '1s', stateDir: database.folder, concurrency: 4 })
    const acknowledged: number[] = []
    const refusals: unknown[] = []
    const healedMs: number[] = []
    const dispatch = (): Promise<boolean> =>
      stellwerk.dispatchMany(Array.from({ length: 50 }, () => job.with(undefined))).then(
        (jobs) => acknowledged.push(...jobs.map(({ id }) => id)) > 0,
        (error: unknown) => {
          refusals.push((error as { readonly code?: string }).code)
          return false
        },
      )
    for (let cycle = 0; cycle < figure.cycles; cycle++) {
      await dispatch()
      await space.end()
      await untilRefused(dispatch)
      const second = await openStellwerk({ ...database.address, jobs: [] })
      expect((await second.jobs()).jobs.length, 'others can still open and read it').toBeGreaterThan(0)
      await second.close()
      await space.comeBack()
      const startedMs = monotonicMs()
      expect(await dispatch(), 'it heals alone').toBe(true)
      await station.untilIdle()
      healedMs.push(Math.round(monotonicMs() - startedMs))
    }
    await stellwerk.close()
    const done = await finished(database)
    expect(
      acknowledged.filter((id) => !done.has(id)),
      'I1: nothing acknowledged is lost',
    ).toEqual([])
    expect(done.size, 'nothing refused was written').toBe(acknowledged.length)
    expect(new Set(refusals), 'every refusal says why').toEqual(new Set(['STORE_FULL']))
    expect(refusals.length, 'the fault fired').toBeGreaterThanOrEqual(3 * figure.cycles)
    await assertCounters(database)
    report('X8', {
      ...{ store: kind, fired: figure.cycles, by: kind === 'sqlite' ? 'max_page_count' : 'disk_full of the server' },
      ...{ refused: refusals.length, acknowledged: acknowledged.length, lost: 0, healedMaxMs: Math.max(...healedMs) },
    })
  })
})

/** Runs `command` with a small file system of its own mounted on `folder`, which nobody else sees. */
function onSmallDisk(folder: string, command: readonly string[]): ReturnType<typeof spawnSync> {
  const flags = process.getuid?.() === 0 ? ['-m'] : ['-Urm']
  const script = 'mount -t tmpfs -o size=128m none "$1" && shift && exec "$@"'
  return spawnSync('unshare', [...flags, 'sh', '-c', script, 'sh', folder, ...command], {
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
}

const canMount = process.platform === 'linux' && onSmallDisk('/mnt', ['true']).status === 0

if (skipUnless(canMount, 'the right to mount a file system of its own (unshare)')) {
  test('X8: on a disk that is full the same holds', { timeout: limitMs + 10_000 }, async () => {
    const folder = temporaryFolder()
    const mount = join(folder, 'small')
    mkdirSync(mount)
    const script = fileURLToPath(new URL('./x8/full-disk-process.ts', import.meta.url))
    const copy = join(folder, 'copy.db')
    const args = ['--no-warnings', script, mount, copy, String(figure.cycles)]
    const { status, stdout, stderr } = onSmallDisk(mount, [process.execPath, ...args])
    expect(status, String(stderr)).toBe(0)
    const database = await openLiveFile(copy)
    onTestFinished(() => database.close())
    const told = JSON.parse(String(stdout)) as FullDiskReport
    const done = await finished(database)
    expect(told.full, 'the fault fired').toBe(figure.cycles)
    expect(told.read, 'others can still read it').toBe(figure.cycles)
    expect(Object.keys(told.refusals), 'every refusal says why').toEqual(['STORE_FULL'])
    expect(
      told.acknowledged.filter((id) => !done.has(id)),
      'I1: nothing acknowledged is lost',
    ).toEqual([])
    await assertCounters(database)
    report('X8', {
      ...{ store: 'sqlite', fired: told.full, by: 'a full file system', refused: told.refusals['STORE_FULL'] },
      ...{ acknowledged: told.acknowledged.length, lost: 0, healedMaxMs: Math.max(...told.healedMs) },
    })
  })
}
