import { expect, onTestFinished, test, vi } from 'vitest'
import { pressKey } from '../../src/cli/top/press-key.ts'
import { renderTop } from '../../src/cli/top/render-top.ts'
import { readTop, runTop } from '../../src/cli/top/run-top.ts'
import { firstView, type TopReading, type TopView } from '../../src/cli/top/top-view.ts'
import { trustedActor } from '../../src/domain/actor.ts'
import type { OperationDeps } from '../../src/operations/operation-deps.ts'
import { OverviewMemory } from '../../src/operations/overview-memory.ts'
import { displayWidth } from '../../src/std/display-width.ts'
import { silentLog } from '../../src/std/log.ts'
import { sleep } from '../../src/std/sleep.ts'
import { bringTo, bringToFailed, dispatchMany, startStation } from '../../src/storage/conformance/store-steps.ts'
import { newReport } from '../../src/storage/conformance/workers.suite.ts'
import { openTestStore } from '../temporary-store.ts'
import { CliProject } from './cli-project.ts'

const plain = (_colour: string, text: string): string => text
const frame = { width: 80, height: 24, paint: plain }

async function openDeps(): Promise<OperationDeps> {
  const store = await openTestStore()
  await startStation(store)
  await dispatchMany(store, 3, { queue: 'büro' })
  // Of two queues whose jobs came in one millisecond the first by name is the first.
  await sleep(5)
  await dispatchMany(store, 1, {
    queue: 'a-queue-with-a-name-that-is-longer-than-any-terminal-of-eighty-columns-would-take',
  })
  await bringTo(store, 'processing')
  await bringToFailed(store, { type: 'broken\u001b[31m' })
  const reports = Array.from({ length: 40 }, (_, n) =>
    newReport({ id: `w_${String(n).padStart(16, '0')}`, pool: 'emails' }),
  )
  await store.workers.beat({ stationId: 'station-a', reports, pools: [] })
  return { store, log: silentLog, actor: trustedActor('cli', 'ada') }
}

function keysFrom(reading: TopReading, view: TopView, keys: readonly string[]): TopView {
  return keys.reduce((now, key) => pressKey(key, now, reading).view, view)
}

test('a picture has as many lines as the terminal, none wider than it, whatever rows there are', async () => {
  const reading = await readTop(await openDeps(), new OverviewMemory())
  for (const [width, height] of [
    [80, 24],
    [40, 12],
    [200, 60],
    [10, 5],
  ] as const) {
    for (const section of ['queues', 'workers', 'running', 'failures'] as const) {
      const lines = renderTop(reading, { ...firstView, section }, { ...frame, width, height })
      expect(lines).toHaveLength(height)
      // Columns of figures keep their width: below 62 columns a row is cut by the terminal.
      if (width >= 62) expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width)
      expect(lines.join('')).not.toContain('\u001b')
    }
  }
})

test('at 80 x 24 queues, workers, running jobs and failures are all to be seen', async () => {
  const reading = await readTop(await openDeps(), new OverviewMemory())
  const picture = renderTop(reading, firstView, frame).join('\n')
  for (const part of [
    '1 QUEUES 3',
    '2 WORKERS 40',
    '3 RUNNING 1',
    '4 FAILURES 1',
    'büro',
    'w_0000000000000000',
    'to-processing',
    'no such address',
    'q quit',
  ])
    expect(picture).toContain(part)
  expect(picture, 'the first row is chosen').toMatch(/QUEUES 3.*\n> \S/)
})

test('the selection stays on its row, and is scrolled into sight', async () => {
  const reading = await readTop(await openDeps(), new OverviewMemory())
  const view = keysFrom(reading, firstView, ['2', ...Array.from({ length: 39 }, () => 'j')])
  expect(renderTop(reading, view, frame).join('\n')).toContain('> w_0000000000000039')
  const fewer = { ...reading, workers: { ...reading.workers, workers: reading.workers.workers.slice(30) } }
  expect(renderTop(fewer, view, frame).join('\n')).toContain('> w_0000000000000039')
  expect(renderTop(reading, keysFrom(reading, view, ['k']), frame).join('\n')).toContain('> w_0000000000000038')
})

test('keys ask for what fits the selected row, and ask first where something would end', async () => {
  const reading = await readTop(await openDeps(), new OverviewMemory())
  expect(pressKey('p', firstView, reading).action).toMatchObject({ kind: 'pause_queue' })
  const workers = keysFrom(reading, firstView, ['\t'])
  expect(pressKey('p', workers, reading).action).toEqual({ kind: 'pause_worker', id: 'w_0000000000000000' })
  const asked = pressKey('s', workers, reading)
  expect(asked.action).toBeUndefined()
  expect(renderTop(reading, asked.view, frame).at(-1)).toBe('stop worker w_0000000000000000? [y/N]')
  expect(pressKey('y', asked.view, reading).action).toEqual({ kind: 'stop_worker', id: 'w_0000000000000000' })
  expect(pressKey('x', asked.view, reading)).toMatchObject({ view: { asked: null, said: 'left as it is' } })
  const running = keysFrom(reading, firstView, ['3'])
  expect(pressKey('c', running, reading).view.asked?.action.kind).toBe('cancel_job')
  expect(pressKey('r', keysFrom(reading, firstView, ['4']), reading).action?.kind).toBe('retry_job')
  expect(pressKey('M', firstView, reading).view.asked?.question).toContain('maintenance on')
  expect(pressKey('r', firstView, reading).action).toBeUndefined()
  expect(pressKey('q', asked.view, reading).quits).toBe(true)
  expect(pressKey(' ', firstView, reading).view.isFrozen).toBe(true)
})

test('it is live: a key pauses the queue, the next picture shows it, and q gives the terminal back', async () => {
  const deps = await openDeps()
  let press = (_key: string): void => undefined
  let screen = ''
  const terminal = {
    onKey: (listener: (key: string) => void) => {
      press = listener
      return () => undefined
    },
    onResize: () => () => undefined,
    size: () => ({ width: 80, height: 24 }),
    write: (text: string) => {
      screen = text
    },
  }
  const signal = new AbortController().signal
  const ended = runTop({ deps, memory: new OverviewMemory(), terminal, paint: plain, everyMs: 20, signal })
  await vi.waitFor(() => expect(screen).toContain('QUEUES 3'), 20_000)
  press('p')
  await vi.waitFor(() => expect(screen).toMatch(/paused queue büro[\s\S]*> büro[^\n]*paused/), 20_000)
  expect((await deps.store.settings.holds()).pauses).toMatchObject([{ by: 'ada' }])
  press('q')
  await ended
  expect(screen).toBe('\u001b[?25h\u001b[?1049l')
})

test('without a terminal it prints one picture and ends', async () => {
  const project = new CliProject()
  onTestFinished(() => project.remove())
  await project.run(['dispatch', 'greet', '--queue', 'mail'])
  const { exitCode, stdout } = await project.run(['top'])
  expect(exitCode).toBe(0)
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(24)
  expect(stdout).toMatch(/down .*[\s\S]*1 QUEUES 1[\s\S]*mail\s+stuck/)
  expect(await project.json('top')).toMatchObject({ queues: [{ queue: 'mail' }], statistics: { total: 0 } })
})
