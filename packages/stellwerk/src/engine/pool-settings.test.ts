import { describe, expect, test } from 'vitest'
import type { PoolOptions } from '../client/pool-options.ts'
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
  test.each<[PoolOptions, string]>([
    [{ min: 3, max: 2 }, "pool 'p': min 3 is above max 2"],
    [{ processes: 9, max: 2 }, 'processes 9 is not within min 1 and max 2'],
    [{ memory: '10mb' }, 'less than Node itself needs'],
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
