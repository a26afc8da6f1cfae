import { describe, expect, test } from 'vitest'
import type { NamedPoolOptions, PoolOptions } from '../client/pool-options.ts'
import { completePool } from './pool-settings.ts'

test('a pool of which nothing is said has one process with ten slots and half a gigabyte', () => {
  expect(completePool('default', {})).toMatchObject({
    queues: ['*'],
    concurrency: 10,
    processes: 1,
    min: 1,
    max: 1,
    balance: 'off',
    balanceRules: { scaleUpAt: 20, scaleDownAt: 5, cooldownMs: 300_000 },
    memoryBytes: 536_870_912,
    maxJobs: null,
    maxTimeMs: null,
    maxExceptions: null,
    restMs: 0,
  })
})

describe('processes, min and max', () => {
  test.each<[PoolOptions, readonly [number, number, number]]>([
    [{ processes: 4 }, [4, 1, 4]],
    [{ min: 2, max: 6 }, [2, 2, 6]],
    [{ processes: 3, min: 2, max: 6 }, [3, 2, 6]],
    [{ processes: 0 }, [0, 0, 1]],
    [{ max: 5 }, [1, 1, 5]],
  ])('%o', (given, [processes, min, max]) => {
    expect(completePool('p', given)).toMatchObject({ processes, min, max })
  })
})

describe('what contradicts itself or is out of range is refused, with what is accepted', () => {
  test.each<[NamedPoolOptions, string]>([
    [{ min: 3, max: 2 }, "pool 'p': min 3 is above max 2"],
    [{ processes: 9, max: 2 }, 'processes 9 is not within min 1 and max 2'],
    [{ memory: '10mb' }, 'less than Node itself needs'],
    [{ processes: 1_001 }, "pool 'p', processes: 1001 is not an integer from 0 to 1000"],
    [{ concurrency: 0 }, "pool 'p', concurrency: 0 is not an integer from 1 to 10000"],
    [{ reserved: { priority: 'high', slots: 10 } }, "pool 'p', reserved: 10 of 10 slots leave none for other jobs"],
    [{ concurrency: 1, reserved: { priority: 'high', slots: 1 } }, 'reserve none, or raise concurrency or processes'],
    [{ concurrency: 2, processes: 3, reserved: { priority: 'high', slots: 6 } }, 'reserve at most 5, or raise'],
    [{ reserved: { priority: 'high', slots: 0 } }, "pool 'p', reserved.slots: 0 is not an integer from 1"],
    [{ reserved: { priority: 'urgent' as never, slots: 1 } }, 'priority "urgent" is not accepted'],
    [{ tries: 0 }, "pool 'p', tries: 0 is not an integer from 1 to 10000"],
    [{ timeout: 'soon' }, "pool 'p', timeout: soon is not a duration"],
    [{ backoff: [] }, "pool 'p', backoff: "],
    [{ sleep: -1 }, "pool 'p', sleep: -1 is "],
    [{ memory: 'much' }, 'is not a size'],
    [{ balance: 'automatic' as never }, "'automatic' is not one of off, simple, auto"],
    [{ maxJobs: 0 }, 'maxJobs: 0 is not an integer from 1'],
    [{ rest: 'long' }, 'rest: long is not a duration'],
    [{ procesess: 2 } as never, "did you mean 'processes'"],
  ])('%o', (given, message) => {
    expect(() => completePool('p', given)).toThrow(message)
  })
})

test('no limit of memory is said by 0', () => {
  expect(completePool('p', { memory: 0 }).memoryBytes).toBeNull()
})

test('a reserve is counted over all processes of the pool', () => {
  const given: PoolOptions = { concurrency: 1, processes: 4, reserved: { priority: 'high', slots: 3 } }
  expect(completePool('p', given).reserved).toEqual({ priority: 10, slots: 3 })
  expect(completePool('p', {}).reserved).toBeNull()
})

test('a pool has rules of its own for jobs that say nothing', () => {
  const given: NamedPoolOptions = { timeout: '30s', tries: 5, backoff: ['1s', '5s'], sleep: '1s' }
  expect(completePool('p', given)).toMatchObject({
    rules: { timeout: 30_000, tries: 5, backoff: ['1s', '5s'] },
    sleepMs: 1_000,
  })
  expect(completePool('p', {})).toMatchObject({ rules: {}, sleepMs: null })
})
