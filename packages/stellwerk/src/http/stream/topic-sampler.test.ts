import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readEvents } from '../../../test/http/read-events.ts'
import { StellwerkError } from '../../domain/errors.ts'
import { deferred } from '../../std/deferred.ts'
import { Connection } from './connection.ts'
import { TopicSampler } from './topic-sampler.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A sampler over a value that the test holds, and viewers whose events are parsed. */
function watched(read: () => Promise<unknown>) {
  const onStale = vi.fn()
  const onIdle = vi.fn()
  const onGone = vi.fn()
  const reading = vi.fn(async () => ({ value: await read(), startedMs: 0, tookMs: 0 }))
  const now = async () => '2026-11-22T10:00:00.000Z'
  const sampler = new TopicSampler({ topic: 'overview', read: reading, now, onStale, onIdle, onGone })
  const join = () => {
    const connection = new Connection(() => sampler.remove(connection))
    const { events } = readEvents(connection.body)
    sampler.add(connection)
    return { connection, events }
  }
  return { sampler, reading, join, onStale, onIdle, onGone }
}

const away = (): StellwerkError => new StellwerkError('STORE_UNREACHABLE', 'the store is away')

test('a viewer gets the whole first, then only what changed, and nothing where nothing did', async () => {
  let value = { at: '2026-11-22T10:00:00.000Z', waiting: 1, rows: [{ id: 'a', n: 1 }] }
  const { join } = watched(async () => value)
  const { events, connection } = join()
  await vi.advanceTimersByTimeAsync(0)
  value = { at: '2026-11-22T10:00:01.000Z', waiting: 1, rows: [{ id: 'a', n: 2 }] }
  await vi.advanceTimersByTimeAsync(1_000)
  value = { ...value, at: '2026-11-22T10:00:02.000Z' }
  await vi.advanceTimersByTimeAsync(1_000)
  connection.close()
  expect(await events).toEqual([
    [
      'snapshot',
      {
        topic: 'overview',
        at: '2026-11-22T10:00:00.000Z',
        value: { at: '2026-11-22T10:00:00.000Z', waiting: 1, rows: { $rows: { a: { id: 'a', n: 1 } }, $order: ['a'] } },
      },
    ],
    [
      'patch',
      {
        topic: 'overview',
        at: '2026-11-22T10:00:01.000Z',
        ops: [
          [['rows', '$rows', 'a', 'n'], 2],
          [['at'], '2026-11-22T10:00:01.000Z'],
        ],
      },
    ],
  ])
})

test('five viewers cost one reading a tick', async () => {
  const { join, reading } = watched(async () => ({ n: 1 }))
  const viewers = Array.from({ length: 5 }, join)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reading.mock.calls.length).toBeGreaterThanOrEqual(10)
  expect(reading.mock.calls.length).toBeLessThanOrEqual(11)
  for (const { connection } of viewers) connection.close()
  for (const { events } of viewers) expect((await events).map(([name]) => name)).toEqual(['snapshot'])
})

test('without viewers nothing is read', async () => {
  const { join, reading, onIdle } = watched(async () => ({ n: 1 }))
  expect(reading).not.toHaveBeenCalled()
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(5_000)
  connection.close()
  await events
  const before = reading.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reading).toHaveBeenCalledTimes(before)
  expect(onIdle).toHaveBeenCalledOnce()
})

test('one who joins late gets the whole at once, and the same changes from then on', async () => {
  let n = 1
  const { join } = watched(async () => ({ n }))
  const first = join()
  await vi.advanceTimersByTimeAsync(0)
  n = 2
  await vi.advanceTimersByTimeAsync(1_000)
  const late = join()
  n = 3
  await vi.advanceTimersByTimeAsync(1_000)
  first.connection.close()
  late.connection.close()
  expect((await late.events).map(([name, { value, ops }]) => [name, value ?? ops])).toEqual([
    ['snapshot', { n: 2 }],
    ['patch', [[['n'], 3]]],
  ])
})

test('a slow view is read less often, and takes a tenth of the time', async () => {
  const { join, reading } = watched(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { n: 1 }
  })
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(50_000)
  connection.close()
  await events
  expect(reading.mock.calls.length).toBeGreaterThan(7)
  expect(reading.mock.calls.length).toBeLessThan(12)
})

test('while the store is away the topic is stale, told once; when it is back the whole comes', async () => {
  let n = 1
  let isAway = false
  const { join, onStale } = watched(async () => {
    if (isAway) throw away()
    return { n }
  })
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(0)
  isAway = true
  await vi.advanceTimersByTimeAsync(5_000)
  const late = join()
  isAway = false
  n = 2
  await vi.advanceTimersByTimeAsync(1_000)
  connection.close()
  late.connection.close()
  const at = '2026-11-22T10:00:00.000Z'
  const all = [
    ['snapshot', { topic: 'overview', at, value: { n: 1 } }],
    ['stale', { topic: 'overview', since: at, code: 'STORE_UNREACHABLE' }],
    ['snapshot', { topic: 'overview', at, value: { n: 2 } }],
  ]
  expect(await events).toEqual(all)
  expect(await late.events).toEqual(all)
  expect(onStale).toHaveBeenCalledOnce()
})

test('a reading that does not end makes the topic stale, and its late answer makes it whole', async () => {
  const gate = deferred<unknown>()
  const { join } = watched(() => gate.promise)
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(6_000)
  gate.resolve({ n: 1 })
  await vi.advanceTimersByTimeAsync(0)
  connection.close()
  expect((await events).map(([name, { since }]) => [name, since])).toEqual([
    ['stale', null],
    ['snapshot', undefined],
  ])
})

test('a job that vanished is gone: it is told once, and read no more', async () => {
  let isThere = true
  const { join, reading, onGone } = watched(async () => {
    if (!isThere) throw new StellwerkError('JOB_NOT_FOUND', 'there is no job 17')
    return { n: 1 }
  })
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(0)
  isThere = false
  await vi.advanceTimersByTimeAsync(1_000)
  const before = reading.mock.calls.length
  await vi.advanceTimersByTimeAsync(10_000)
  connection.close()
  expect((await events).map(([name]) => name)).toEqual(['snapshot', 'gone'])
  expect(reading).toHaveBeenCalledTimes(before)
  expect(onGone).toHaveBeenCalledOnce()
})

test('a nudge reads at once, and one during a reading reads again after it', async () => {
  const { join, sampler, reading } = watched(async () => ({ n: 1 }))
  const { connection, events } = join()
  sampler.nudge()
  await vi.advanceTimersByTimeAsync(0)
  expect(reading).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(100)
  sampler.nudge()
  await vi.advanceTimersByTimeAsync(0)
  expect(reading).toHaveBeenCalledTimes(3)
  connection.close()
  await events
})

test('figures that only count time on are no change', async () => {
  let uptimeMs = 1
  const { join } = watched(async () => ({ stations: [{ id: 'a', uptimeMs: uptimeMs++, processing: 0 }] }))
  const { connection, events } = join()
  await vi.advanceTimersByTimeAsync(5_000)
  connection.close()
  expect((await events).map(([name]) => name)).toEqual(['snapshot'])
})
