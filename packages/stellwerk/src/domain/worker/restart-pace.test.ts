import { expect, test } from 'vitest'
import { afterDeath, isBeyondBudget, noDeaths, restartDelayMs } from './restart-pace.ts'

test('the first death is replaced at once, then each pause is twice as long, up to half a minute', () => {
  let deaths = noDeaths
  const delays = Array.from({ length: 11 }, (_, at) => {
    deaths = afterDeath(deaths, at * 1_000)
    return restartDelayMs(deaths)
  })
  expect(delays).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 30_000, 30_000])
  expect(isBeyondBudget(deaths)).toBe(true)
})

test('a quiet minute forgives', () => {
  const often = [0, 1, 2, 3].reduce((deaths, at) => afterDeath(deaths, at), noDeaths)
  expect(restartDelayMs(often)).toBe(400)
  expect(restartDelayMs(afterDeath(often, 60_004))).toBe(0)
})

test('a minute is quiet once it is over, not a millisecond before, whatever the clock shows', () => {
  const hourMs = 3_600_000
  const twice = [0, 10].reduce((deaths, at) => afterDeath(deaths, hourMs + at), noDeaths)
  expect(afterDeath(twice, hourMs + 60_010)).toEqual({ count: 3, lastMs: hourMs + 60_010 })
  expect(afterDeath(twice, hourMs + 60_011)).toEqual({ count: 1, lastMs: hourMs + 60_011 })
})
