import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openStore } from '../../src/app/open-store.ts'
import { displayWidth } from '../../src/std/display-width.ts'
import { silentLog } from '../../src/std/log.ts'
import { bringTo, bringToFailed, dispatchMany, startStation } from '../../src/storage/conformance/store-steps.ts'
import { newReport } from '../../src/storage/conformance/workers.suite.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { CliProject } from './cli-project.ts'
import { hasPseudoTerminal, PseudoTerminal } from './pseudo-terminal.ts'

const waiting = { timeout: 30_000, interval: 50 }
/** Would name the window, clear the screen, and ring, where a terminal got it. */
const hostile = 'evil\u001b]0;owned\u0007\u001b[2J\u001b[31m\r\nname'

async function openTop() {
  const project = new CliProject()
  const store = await openStore({
    address: `sqlite:${join(project.directory, 'test.db')}`,
    migrate: true,
    log: silentLog,
  })
  onTestFinished(async () => {
    await store.close()
    project.remove()
  })
  await startStation(store, { leaseMs: 600_000 })
  await dispatchMany(store, 3, { queue: 'aaa' })
  await dispatchMany(store, 2, { queue: hostile })
  await bringTo(store, 'processing')
  const failed = await bringToFailed(store, { queue: 'bbb', type: hostile })
  const reports = Array.from({ length: 40 }, (_, n) =>
    newReport({ id: `w_${String(n).padStart(16, '0')}`, pool: hostile, queues: [hostile] }),
  )
  await store.workers.beat({ stationId: 'station-a', reports, pools: [] })
  const terminal = new PseudoTerminal(project, ['top', '--every', '0.3'])
  onTestFinished(() => terminal.abort())
  const shows = (text: string | RegExp) =>
    vi.waitFor(() => expect(terminal.picture().join('\n')).toMatch(text), waiting)
  await shows(/4 FAILURES 1[\s\S]*q quit/)
  return { terminal, store, failed, shows }
}

/** Sequences that top itself writes: home, end of line, colours, the other screen, the cursor. */
const ours = new RegExp(`${sequence('\\[')}(?:H|K|\\d*m|\\?1049[hl]|\\?25[hl])`, 'g')

function sequence(rest: string): string {
  return `\u001b${rest}`
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

describe('on a real terminal', () => {
  if (!skipUnless(hasPseudoTerminal, 'no python3 to open a pseudo-terminal')) return

  test('top fills 80 x 24 and no more, and what jobs are called never reaches the terminal as a command', async () => {
    const { terminal, shows } = await openTop()
    const picture = terminal.picture()
    expect(picture).toHaveLength(24)
    expect(Math.max(...picture.map(displayWidth))).toBeLessThanOrEqual(80)
    for (const part of ['1 QUEUES', '2 WORKERS 40', '3 RUNNING 1', 'w_0000000000000000', 'aaa', 'evil'])
      expect(picture.join('\n')).toContain(part)
    terminal.enlarge()
    await vi.waitFor(() => expect(terminal.picture()).toHaveLength(30), waiting)
    expect(Math.max(...terminal.picture().map(displayWidth))).toBeLessThanOrEqual(100)
    await shows('q quit')
    const rest = terminal.printed.replaceAll(ours, '').replaceAll(/\r+\n/g, '')
    expect([...rest].filter(isControl)).toEqual([])
    terminal.type('q')
    expect(await terminal.ended).toEqual({ exitCode: 0, restored: true })
    expect(terminal.printed).toContain(sequence('[?1049h'))
    expect(terminal.printed.endsWith(sequence('[?25h') + sequence('[?1049l'))).toBe(true)
  })

  test('keys select and steer, questions come first, and Ctrl+C gives the terminal back', async () => {
    const { terminal, store, failed, shows } = await openTop()
    await shows(/> aaa/)
    terminal.type('p')
    await shows(/paused queue aaa[\s\S]*> aaa[^\n]*paused/)
    expect((await store.settings.holds()).pauses).toMatchObject([{ queue: 'aaa' }])
    terminal.type('2\u001b[B\u001b[B')
    await shows('> w_0000000000000002')
    terminal.type('\u001b[A')
    await shows('> w_0000000000000001')
    terminal.type('s')
    await shows(/stop worker w_0000000000000001\? \[y\/N\]/)
    terminal.type('n')
    await shows('left as it is')
    expect(await store.orders.list({ pendingOnly: true, limit: 10 })).toEqual([])
    terminal.type('4r')
    await vi.waitFor(async () => expect((await store.jobs.find(failed))?.state).toBe('pending'), waiting)
    await shows('4 FAILURES 0')
    terminal.type('\u0003')
    expect(await terminal.ended).toEqual({ exitCode: 0, restored: true })
  })
})
