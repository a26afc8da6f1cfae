import { expect, onTestFinished, test } from 'vitest'
import { deferred } from '../../std/deferred.ts'
import { hostClockMs } from '../../std/host-clock.ts'
import { silentLog } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import { FailureLog } from '../failure-log.ts'
import { createClockWatch } from './clock-watch.ts'

/** What one look says of a server whose clock is ahead by `aheadMs`: the level, the message and the figure; null for silence. */
async function lookAt(kind: Store['kind'], aheadMs: number): Promise<readonly unknown[] | null> {
  const lines: unknown[][] = []
  const looked = deferred()
  let looks = 0
  const now = (): Promise<number> => {
    looks += 1
    if (looks === 3) setImmediate(looked.resolve)
    return Promise.resolve(hostClockMs() + aheadMs)
  }
  const log = {
    ...silentLog,
    warn: (message: string, fields: unknown) => void lines.push(['warn', message, fields]),
    error: (message: string, fields: unknown) => void lines.push(['error', message, fields]),
  }
  const metrics = { now } as unknown as Store['metrics']
  const service = createClockWatch({ kind, metrics }, log, new FailureLog(log))
  onTestFinished(() => service.stop())
  service.start()
  if (kind === 'postgres') await looked.promise
  await service.stop()
  return lines[0] ?? null
}

test('clocks that go together are not worth a line', async () => {
  expect(await lookAt('postgres', 1_000)).toBeNull()
})

test('a server that is 5 s ahead is a warning with the figure', async () => {
  const [level, message, fields] = (await lookAt('postgres', 5_000)) ?? []
  expect(level).toBe('warn')
  expect(message).toMatch(/is 5s behind the database's.*NTP/)
  expect((fields as { skewMs: number }).skewMs).toBeGreaterThan(4_900)
})

test('a server that is a minute behind is an error', async () => {
  const [level, message] = (await lookAt('postgres', -60_000)) ?? []
  expect(level).toBe('error')
  expect(message).toContain("is 1m ahead of the database's")
})

test('SQLite has no clock but the host’s, and none is asked', async () => {
  expect(await lookAt('sqlite', 60_000)).toBeNull()
})
