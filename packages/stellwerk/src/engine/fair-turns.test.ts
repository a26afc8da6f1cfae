import { expect, test } from 'vitest'
import { FairTurns } from './fair-turns.ts'

const all = { counts: () => true }

function turnsOf(stationId: string, waiting: () => number) {
  const clock = { now: 1_000, asked: 0 }
  const turns = new FairTurns({
    stationId: () => stationId,
    apartMs: 5,
    tallies: () => {
      clock.asked++
      return Promise.resolve([{ queue: 'q', type: 't', state: 'pending', count: waiting() }])
    },
    now: () => clock.now,
  })
  return { clock, turns }
}

test('a station alone takes what it wants at once, and asks nobody how much waits', async () => {
  const { clock, turns } = turnsOf('a', () => 1)
  expect(await turns.next(turns, { wanted: 50, position: 1, ...all })).toEqual({ limit: 50, waitMs: 0 })
  expect(clock.asked).toBe(0)
})

test('one job is for who is drawn first; the others take it where it is still there after their time', async () => {
  const ids = ['a', 'b', 'c']
  const waits: number[] = []
  for (const id of ids) {
    const { clock, turns } = turnsOf(id, () => 1)
    turns.see(ids.filter((other) => other !== id))
    const { limit, waitMs } = await turns.next(turns, { wanted: 50, position: 77, ...all })
    expect(limit).toBe(1)
    waits.push(waitMs)
    clock.now += waitMs
    expect((await turns.next(turns, { wanted: 50, position: 77, ...all })).waitMs).toBe(0)
  }
  expect(waits.toSorted((one, other) => one - other)).toEqual([0, 5, 10])
})

test('of a burst a part is taken at once, and the next one after the others had their moment', async () => {
  let waiting = 30
  const { clock, turns } = turnsOf('a', () => waiting)
  turns.see(['b', 'c'])
  expect(await turns.next(turns, { wanted: 50, position: 1, ...all })).toEqual({ limit: 5, waitMs: 0 })
  turns.took(turns, 5, true)
  waiting = 18
  expect((await turns.next(turns, { wanted: 45, position: 1, ...all })).waitMs).toBe(5)
  clock.now += 30
  expect(await turns.next(turns, { wanted: 45, position: 1, ...all })).toEqual({ limit: 3, waitMs: 0 })
})

test('where several jobs wait, as many stations take one each at once', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const waits: number[] = []
  for (const id of ids) {
    const { turns } = turnsOf(id, () => 3)
    turns.see(ids.filter((other) => other !== id))
    const { limit, waitMs } = await turns.next(turns, { wanted: 50, position: 77, ...all })
    expect(limit).toBe(1)
    waits.push(waitMs)
  }
  expect(waits.toSorted()).toEqual([0, 0, 0, 5, 5])
})

test('who has taken what it drew may draw again at once', async () => {
  const { turns } = turnsOf('a', () => 3)
  turns.see(['b'])
  for (const position of [1, 2]) {
    expect(await turns.next(turns, { wanted: 50, position, ...all })).toEqual({ limit: 1, waitMs: 0 })
    turns.took(turns, 1, true)
  }
})

/** What a station waits before each of so many claims of a burst, each of which takes one job, and a millisecond. */
async function restsOf({ turns, clock }: ReturnType<typeof turnsOf>, claims: number): Promise<readonly number[]> {
  const waits: number[] = []
  for (let position = 1; position <= claims; position++) {
    const { limit, waitMs } = await turns.next(turns, { wanted: 50, position, ...all })
    expect(limit).toBe(5)
    waits.push(waitMs)
    clock.now += waitMs
    turns.took(turns, 1, true)
    clock.now += 1
  }
  return waits
}

test('a burst that goes on is known to all: nobody leaves the rest of it to others', async () => {
  const station = turnsOf('a', () => 30)
  station.turns.see(['b', 'c'])
  expect(await restsOf(station, 6)).toEqual([0, 4, 4, 4, 4, 0])
})

test('and the next one is not, behind a few jobs or behind none', async () => {
  let waiting = 30
  const station = turnsOf('a', () => waiting)
  const { turns, clock } = station
  turns.see(['b', 'c'])
  await restsOf(station, 6)
  waiting = 5
  clock.now += 30
  await turns.next(turns, { wanted: 50, position: 8, ...all })
  waiting = 30
  clock.now += 30
  expect(await restsOf(station, 6)).toEqual([0, 4, 4, 4, 4, 0])
  turns.forget()
  clock.now += 30
  expect(await restsOf(station, 2)).toEqual([0, 4])
})

test('a backlog that keeps all of them busy is taken without a pause', async () => {
  const { turns } = turnsOf('a', () => 50_000)
  turns.see(['b', 'c'])
  expect(await turns.next(turns, { wanted: 100, position: 1, ...all })).toEqual({ limit: 100, waitMs: 0 })
  turns.took(turns, 100, false)
  expect(await turns.next(turns, { wanted: 100, position: 1, ...all })).toEqual({ limit: 100, waitMs: 0 })
})

test('while there is plenty for all the counters are hardly ever read, and again as soon as it runs short', async () => {
  let waiting = 50_000
  const { clock, turns } = turnsOf('a', () => waiting)
  turns.see(['b', 'c'])
  const claim = async (): Promise<void> => {
    await turns.next(turns, { wanted: 100, position: 1, ...all })
    turns.took(turns, 100, false)
    clock.now += 30
  }
  for (let claims = 0; claims < 10; claims++) await claim()
  expect(clock.asked).toBe(1)
  waiting = 4_000
  clock.now += 500
  for (let claims = 0; claims < 10; claims++) await claim()
  expect(clock.asked).toBe(11)
})
