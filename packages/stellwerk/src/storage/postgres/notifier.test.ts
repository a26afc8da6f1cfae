import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { deferred } from '../../std/deferred.ts'
import type { DispatchGroup } from '../dispatch-store.ts'
import { Notifier } from './notifier.ts'

interface Sent {
  readonly queues: readonly string[]
  readonly atMs: number
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
})

/** A notifier whose server takes so long for each notification. */
function open({ costMs = 0 }: { costMs?: number } = {}) {
  const sent: Sent[] = []
  const wakeOwn = vi.fn()
  const query = async (_text: string, values: readonly unknown[] = []) => {
    sent.push({ queues: values[1] as readonly string[], atMs: performance.now() - startMs })
    const { promise, resolve } = deferred()
    if (costMs > 0) setTimeout(resolve, costMs)
    else resolve()
    await promise
    return []
  }
  const notifier = new Notifier({ query: query as never }, 'wake', wakeOwn)
  const startMs = performance.now()
  return { notifier, sent, wakeOwn }
}

function groupOf(...queues: readonly string[]): DispatchGroup {
  return { token: 't', jobs: queues.map((queue) => ({ queue })) } as unknown as DispatchGroup
}

function commit(notifier: Notifier, ...queues: readonly string[]): readonly string[] {
  const group = groupOf(...queues)
  const notice = notifier.noticeFor(group)
  notifier.committed(group, notice)
  return notice.queues
}

test('a commit after a rest carries its notification itself, each queue once', async () => {
  const { notifier, sent, wakeOwn } = open()
  expect(commit(notifier, 'mail', 'mail', 'default')).toEqual(['mail', 'default'])
  await vi.advanceTimersByTimeAsync(50)
  expect(commit(notifier, 'mail')).toEqual(['mail'])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toEqual([])
  expect(wakeOwn).toHaveBeenCalledTimes(2)
})

test('one within 50 ms of another does not, and is told as soon as it is in', async () => {
  const { notifier, sent } = open()
  commit(notifier, 'mail')
  await vi.advanceTimersByTimeAsync(49)
  expect(commit(notifier, 'mail')).toEqual([])
  expect(sent).toEqual([{ queues: ['mail'], atMs: 49 }])
})

test('jobs every 20 ms are each told at once', async () => {
  const { notifier, sent } = open()
  for (let at = 0; at < 100; at += 20) {
    commit(notifier, 'mail')
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(sent.map(({ atMs }) => atMs)).toEqual([20, 40, 60, 80])
})

test('those that come faster share one notification each 10 ms', async () => {
  const { notifier, sent } = open()
  for (let at = 0; at < 30; at++) {
    commit(notifier, at % 2 === 0 ? 'mail' : 'default')
    await vi.advanceTimersByTimeAsync(1)
  }
  expect(sent).toEqual([
    { queues: ['default'], atMs: 1 },
    { queues: ['mail', 'default'], atMs: 11 },
    { queues: ['default', 'mail'], atMs: 21 },
  ])
})

test.each([
  [1, 11],
  [2, 12],
  [4, 24],
  [8, 48],
  [12, 62],
])(
  'one that takes %i ms is followed by the next after five times as long, and at least 10 and at most 50 ms',
  async (costMs, nextMs) => {
    const { notifier, sent } = open({ costMs })
    notifier.woken(['mail'])
    notifier.woken(['mail'])
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, nextMs])
  },
)

test.each([
  [1, 22],
  [4, 32],
  [8, 52],
  [40, 62],
])(
  'one that told of %i commits is followed by the next after the longer a pause the more they were',
  async (commits, thirdMs) => {
    const { notifier, sent } = open({ costMs: 1 })
    notifier.woken(['mail'])
    for (let one = 0; one < commits; one++) notifier.woken(['mail'])
    await vi.advanceTimersByTimeAsync(12)
    notifier.woken(['mail'])
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 11, thirdMs])
  },
)

test('what others gave back is told without a commit of ours', async () => {
  const { notifier, sent, wakeOwn } = open()
  notifier.woken(['mail'])
  expect(sent).toEqual([{ queues: ['mail'], atMs: 0 }])
  expect(wakeOwn).toHaveBeenCalledOnce()
})

test('a hurry waits for no pause, and for nothing under way', async () => {
  const { notifier, sent } = open({ costMs: 3 })
  notifier.woken(['mail'])
  notifier.woken(['default'])
  notifier.hurry()
  notifier.hurry()
  expect(sent.map(({ queues }) => queues)).toEqual([['mail'], ['default']])
})

test('a flush sends what is owed, waits until it is out, and leaves no timer behind', async () => {
  const { notifier, sent } = open({ costMs: 4 })
  notifier.woken(['mail'])
  notifier.woken(['default'])
  let isOut = false
  const flushed = notifier.flush().then(() => {
    isOut = true
  })
  await vi.advanceTimersByTimeAsync(3)
  expect(isOut).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await flushed
  expect(sent).toHaveLength(2)
  expect(vi.getTimerCount()).toBe(0)
})

test('a notification that fails holds nothing up', async () => {
  const query = vi.fn(() => Promise.reject(new Error('away')))
  const notifier = new Notifier({ query }, 'wake', () => {})
  notifier.woken(['mail'])
  await vi.advanceTimersByTimeAsync(10)
  notifier.woken(['mail'])
  await notifier.flush()
  expect(query).toHaveBeenCalledTimes(2)
})
