import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { sharedClockMs } from '../../src/std/shared-clock.ts'
import { sleep } from '../../src/std/sleep.ts'
import { faultFigure, report } from './fault-scale.ts'
import { LineProcess, untilHolds } from './line-process.ts'
import { openLiveDatabase } from './live-database.ts'
import type { WriterSaid, WriterSetup } from './x22/writer-setup.ts'

const mebibyte = 1024 * 1024
const bound = 64 * mebibyte
const alarmMs = 60_000
/** For how long the writers write beside readers that end, MiB each at least, and how long the last of that may take. */
const figure = faultFigure({
  npm: { mebibytes: 20, forMs: 0, limitMs: 110_000 },
  ci: { mebibytes: 100, forMs: 300_000, limitMs: 900_000 },
  release: { mebibytes: 1_000, forMs: 28_800_000, limitMs: 36_000_000 },
})

type Writer = LineProcess<WriterSaid>

function logsOf(writers: readonly Writer[]): readonly (WriterSaid & { e: 'log' })[] {
  return writers.flatMap(({ said }) => said.flatMap((one) => (one.e === 'log' ? [one] : [])))
}

const isWalAlarm = ({ check }: { readonly check?: string }): boolean => check === 'write-ahead log size'

async function write(writers: readonly Writer[], mebibytes: number): Promise<void> {
  const counts = (): number[] => writers.map(({ said }) => said.filter(({ e }) => e === 'written').length)
  const before = counts()
  for (const writer of writers) writer.say(String(mebibytes))
  await untilHolds(() => counts().every((count, index) => count > (before[index] ?? 0)), 'writes', figure.limitMs)
}

/** Readers whose transactions overlap, so that at no time nobody reads; returns how many transactions there were. */
async function readOn(path: string, isOver: () => boolean): Promise<number> {
  const readers = Array.from({ length: 3 }, async (_, reader) => {
    const connection = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    let transactions = 0
    for (; !isOver(); transactions++) {
      connection.exec('BEGIN')
      connection.prepare('SELECT count(*) FROM job').get()
      await sleep(50 + reader * 35)
      connection.exec('COMMIT')
    }
    connection.close()
    return transactions
  })
  return (await Promise.all(readers)).reduce((sum, one) => sum + one, 0)
}

async function doctor(store: string, folder: string): Promise<string> {
  const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  // The size of the run is told by a variable that the command would take for a setting of its own.
  const { STELLWERK_FAULTS: _, ...env } = process.env
  const args = ['--no-warnings', cli, 'doctor', '--store', store, '--json']
  const child = spawn(process.execPath, args, { cwd: folder, env })
  return await text(child.stdout)
}

test('X22: endless readers keep the log within 64 MiB, and one that is stuck is an alarm of the station and of doctor within a minute', {
  timeout: figure.limitMs + 3 * alarmMs,
}, async () => {
  const database = await openLiveDatabase('sqlite')
  onTestFinished(() => database.close())
  const { store } = database.address
  const path = store.slice('sqlite:'.length)
  const wal = (): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const writers = Array.from({ length: 4 }, (_, index) => {
    const setup: WriterSetup = { store, stateDir: join(database.folder, 'state'), works: index === 0 }
    return new LineProcess<WriterSaid>(new URL('./x22/writer-process.ts', import.meta.url), setup)
  })
  onTestFinished(async () => void (await Promise.all(writers.map((writer) => writer.abort()))))
  const ready = (): boolean => writers.every(({ said }) => said.some(({ e }) => e === 'ready'))
  await untilHolds(ready, 'writers start', 60_000)

  let isOver = false
  let peak = 0
  const sampler = setInterval(() => {
    peak = Math.max(peak, wal())
  }, 10)
  const reading = readOn(path, () => isOver)
  const startedMs = sharedClockMs()
  do await write(writers, figure.mebibytes)
  while (sharedClockMs() - startedMs < figure.forMs)
  isOver = true
  const readers = await reading
  clearInterval(sampler)
  expect(statSync(path).size, 'more was written than the log may hold').toBeGreaterThan(bound)
  expect(readers, 'reads beside the writes').toBeGreaterThan(10)
  expect(peak, 'the log without a stuck reader').toBeLessThanOrEqual(bound)
  expect(logsOf(writers).filter(isWalAlarm), 'alarms without need').toEqual([])

  const stuck = new DatabaseSync(path, { readOnly: true })
  stuck.exec('BEGIN')
  stuck.prepare('SELECT count(*) FROM job').get()
  while (wal() <= bound) await write(writers, 4)
  const stuckBytes = wal()
  const afterMs = await untilHolds(() => logsOf(writers).some(isWalAlarm), 'the alarm', alarmMs)
  expect(await doctor(store, database.folder)).toMatch(/a reader that does not end keeps it from being emptied/)
  stuck.exec('COMMIT')
  stuck.close()
  await write(writers, 1)
  await untilHolds(() => wal() <= bound, 'the log is short again', alarmMs)
  await untilHolds(() => logsOf(writers).some(({ was }) => was?.startsWith('write-ahead log size')), 'told', alarmMs)
  await Promise.all(writers.map((writer) => writer.finish()))
  const megabytes = (bytes: number): number => Math.round(bytes / mebibyte)
  const figures = { peakMiB: megabytes(peak), readers, stuckMiB: megabytes(stuckBytes), alarmMs: afterMs }
  report('X22', { store: 'sqlite', fired: 1, databaseMiB: megabytes(statSync(path).size), ...figures })
})
