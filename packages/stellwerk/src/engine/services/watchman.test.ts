import { expect, onTestFinished, test, vi } from 'vitest'
import { silentLog } from '../../std/log.ts'
import type { StoreCheck } from '../../storage/schema-store.ts'
import type { Store } from '../../storage/store.ts'
import { FailureLog } from '../failure-log.ts'
import { createWatchman } from './watchman.ts'

const fine: StoreCheck = { name: 'old snapshots', ok: true, found: 'none held', remedy: null }
const held = (age: string): StoreCheck => ({ name: 'old snapshot', ok: false, found: `for ${age}`, remedy: 'end 7' })

/** Lines of a watchman whose looks find these, one after the other, the last one for ever. */
async function linesOf(
  looks: readonly (readonly StoreCheck[])[],
  atStart: readonly StoreCheck[] = [],
): Promise<unknown[]> {
  const lines: unknown[] = []
  let look = 0
  const check = vi.fn(() => Promise.resolve(looks[Math.min(look++, looks.length - 1)] ?? []))
  const store = { schema: { check: () => Promise.resolve(atStart) }, health: { check } } as unknown as Store
  const log = {
    ...silentLog,
    warn: (_: string, fields: unknown) => void lines.push(fields),
    info: (_: string, fields: unknown) => void lines.push(fields),
  }
  const service = createWatchman({ store, snapshotAgeMs: 45_000, log, failures: new FailureLog(log), everyMs: 1 })
  onTestFinished(() => service.stop())
  service.start()
  await vi.waitFor(() => expect(look).toBeGreaterThan(looks.length), { timeout: 20_000, interval: 2 })
  await service.stop()
  expect(check).toHaveBeenCalledWith({ snapshotAgeMs: 45_000 })
  return lines
}

test('an alarm is raised once, not with every look, and its end is told', async () => {
  const lines = await linesOf([[fine], [held('50s')], [held('1m')], [held('70s')], [fine]])
  expect(lines).toEqual([{ check: 'old snapshot', found: 'for 50s', remedy: 'end 7' }, { was: 'old snapshot: end 7' }])
})

test('what the self-check finds is told once, at the start', async () => {
  const lines = await linesOf([[fine]], [{ name: 'fsync', ok: false, found: 'off', remedy: 'Set fsync = on' }])
  expect(lines).toEqual([{ check: 'fsync', found: 'off', remedy: 'Set fsync = on' }])
})

test('a store that is well is not worth a line', async () => {
  expect(await linesOf([[fine]])).toEqual([])
})
