import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { noDeadLetters } from '../domain/queue/dead-letters.ts'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import type { CompletedOutcome, Outcome, Settlement, SettleResult } from '../storage/outcome-store.ts'
import { Completer } from './completer.ts'
import { FailureLog } from './failure-log.ts'

type Settle = (settlement: Settlement) => Promise<SettleResult>

function completerOn(
  settle: Settle,
  onSettled: (outcomes: readonly Outcome[], result: SettleResult) => void = () => {},
  minutes: () => Promise<never[]> = async () => [],
) {
  const nothing = async (): Promise<never[]> => []
  return new Completer({
    store: {
      outcomes: { settle, recordLive: async () => undefined },
      metrics: {
        ...{ now: async () => 0, foldTallies: async () => 0 },
        ...{ minutes, tallies: nothing, recount: nothing, queueHeads: nothing },
      },
    },
    stationId: () => 'a',
    failures: new FailureLog(silentLog),
    deadLetters: () => noDeadLetters,
    takeLive: () => ({ logs: [], progress: [] }),
    onSettled,
    onContactLost: () => undefined,
  })
}

const returned = (id: number): Outcome => ({ kind: 'returned', id, claimSeq: 1 })
const completed = (id: number): CompletedOutcome => {
  const run = { startedAt: 0, waitMs: 0, runMs: 0, cpuMs: null, memoryBytes: null, memoryPeakBytes: null }
  return { kind: 'completed', queue: 'q', type: 't', tries: 1, result: null, id, claimSeq: 1, ...run }
}
const never = new AbortController().signal

test('outcomes that come together are stored together, in order', async () => {
  const settle = vi.fn(async (_settlement: Settlement) => ({ at: 0, refused: [] }))
  const completer = completerOn(settle)
  for (const id of [3, 1, 2]) completer.push(returned(id))
  expect(completer.ids()).toEqual([3, 1, 2])
  await completer.flush(never)
  expect(settle.mock.calls.map(([{ outcomes }]) => outcomes.map(({ id }) => id))).toEqual([[3, 1, 2]])
  expect(completer.isEmpty).toBe(true)
})

test('the first outcome after a rest is stored at once; those behind it wait for each other for 10 ms', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  try {
    const stored: number[][] = []
    const completer = completerOn(async ({ outcomes }) => {
      stored.push(outcomes.map(({ id }) => id))
      return { at: 0, refused: [] }
    })
    const pushed = async (id: number): Promise<void> => {
      completer.push(returned(id))
      for (let turn = 0; turn < 3; turn++) await setImmediate()
    }
    await pushed(1)
    expect(stored, 'a station that rested waits for nobody').toEqual([[1]])
    await pushed(2)
    await vi.advanceTimersByTimeAsync(9)
    await pushed(3)
    expect(stored, 'a small flush was 9 ms ago').toEqual([[1]])
    await vi.advanceTimersByTimeAsync(1)
    for (let turn = 0; turn < 3; turn++) await setImmediate()
    expect(stored).toEqual([[1], [2, 3]])
    await vi.advanceTimersByTimeAsync(10)
    await pushed(4)
    expect(stored).toEqual([[1], [2, 3], [4]])
  } finally {
    vi.useRealTimers()
  }
})

test('while the store is away nothing is dropped, and what came of it is told once', async () => {
  let failures = 2
  const told: number[] = []
  const settle: Settle = async () => {
    if (failures-- > 0) throw new Error('away')
    return { at: 0, refused: [] }
  }
  const completer = completerOn(settle, (outcomes) => told.push(...outcomes.map(({ id }) => id)))
  completer.push(returned(1))
  completer.push(returned(2))
  await completer.flush(never)
  expect(told).toEqual([1, 2])
})

test('minutes that an unseen commit has written are read back before more is counted', async () => {
  const asked: (boolean | undefined)[] = []
  let read = 0
  const settle: Settle = async ({ isRepeated }) => {
    asked.push(isRepeated)
    if (asked.length === 1) throw new Error('the answer was lost')
    return { at: 0, refused: [], wasRecorded: asked.length === 2 }
  }
  const completer = completerOn(settle, undefined, async () => {
    read++
    return []
  })
  completer.push(returned(1))
  await completer.flush(never)
  completer.push(returned(2))
  await completer.flush(never)
  expect(asked).toEqual([false, true, false])
  expect(read, 'after the lost answer, and after the commit that was found').toBe(2)
})

test('a station that ends while the store is away leaves nothing running', async () => {
  let calls = 0
  const bound = new AbortController()
  const completer = completerOn(async () => {
    calls++
    bound.abort()
    throw new Error('away for good')
  })
  completer.push(returned(1))
  await completer.flush(bound.signal)
  completer.push(returned(2))
  completer.flushSoon()
  expect([completer.isEmpty, calls]).toEqual([false, 1])
  // The set-up of all tests fails this file where a timer is left.
})

test('a flush takes results up to a bound, and one beyond it alone', async () => {
  const stored: number[][] = []
  const completer = completerOn(async ({ outcomes }) => {
    stored.push(outcomes.map(({ id }) => id))
    return { at: 0, refused: [] }
  })
  const sizes = [9_000_000, 7_000_000, 2_000_000, 20_000_000, 1]
  for (const [id, letters] of sizes.entries()) completer.push({ ...completed(id), result: 'x'.repeat(letters) })
  await completer.flush(never)
  expect(stored).toEqual([[0, 1], [2], [3], [4]])
})

test('from 8,000 outcomes on it is full', async () => {
  const gate = deferred()
  const completer = completerOn(async () => {
    await gate.promise
    return { at: 0, refused: [] }
  })
  for (let id = 1; id < 8_000; id++) completer.push(returned(id))
  expect(completer.isFull).toBe(false)
  completer.push(returned(8_000))
  expect(completer.isFull).toBe(true)
  gate.resolve()
  await completer.flush(never)
  expect(completer.isFull).toBe(false)
})
