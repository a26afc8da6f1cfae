import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_CRASHES, ModelBroken, type ModelJob, type ModelStation, StateModel, TRIES } from './state-model.ts'

type Step = (model: StateModel) => void

const withStation = (act: (model: StateModel, station: ModelStation) => void) =>
  fc.nat({ max: 5 }).map(
    (at): Step =>
      (model) => {
        const station = model.stations[at % Math.max(model.stations.length, 1)]
        if (station) act(model, station)
      },
  )
const always = (step: Step) => fc.constant(step)

const command = fc.oneof(
  { weight: 3, arbitrary: always((model) => model.dispatch()) },
  { weight: 2, arbitrary: always((model) => model.join()) },
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 14 }).map(
      (seconds): Step =>
        (model) => {
          for (let second = 0; second < seconds; second++) model.tick()
        },
    ),
  },
  { weight: 6, arbitrary: withStation((model, station) => model.claim(station)) },
  { weight: 6, arbitrary: withStation((model, station) => model.start(station)) },
  { weight: 3, arbitrary: withStation((model, station) => model.finish(station, 'completed')) },
  { weight: 3, arbitrary: withStation((model, station) => model.finish(station, 'threw')) },
  { weight: 1, arbitrary: withStation((model, station) => model.giveBack(station)) },
  { weight: 2, arbitrary: withStation((model, station) => model.kill(station)) },
  { weight: 2, arbitrary: withStation((model, station) => model.freeze(station)) },
  { weight: 2, arbitrary: withStation((model, station) => model.thaw(station)) },
  { weight: 5, arbitrary: withStation((model, station) => model.sweep(station)) },
  {
    weight: 1,
    arbitrary: always((model) => model.outage()),
  },
  {
    weight: 2,
    arbitrary: always((model) => model.restore()),
  },
)

function fresh(): StateModel {
  const model = new StateModel()
  for (let at = 0; at < 3; at++) model.join()
  for (let at = 0; at < 4; at++) model.dispatch()
  return model
}

/** What must hold of each job, by name. Plain comparisons: they run some million times. */
const laws: Readonly<Record<string, (job: ModelJob) => boolean>> = {
  'what never started has lost no budget': ({ truth, failures, crashes, solo }) =>
    truth.starts > 0 || (failures === 0 && crashes === 0 && !solo),
  'budgets hold what happened': ({ truth, failures, crashes }) =>
    failures === truth.thrown && crashes === truth.deathsAlone,
  'budgets keep their bounds': ({ failures, crashes }) => failures <= TRIES && crashes <= MAX_CRASHES,
  'a job completes once': ({ truth, state }) => truth.completions === (state === 'completed' ? 1 : 0),
  'attempts are claims that began': ({ attempt, truth, state }) =>
    attempt <= truth.starts + (state === 'processing' ? 1 : 0),
  'each loss of budget is an attempt': ({ attempt, failures, crashes }) => attempt >= failures + crashes,
  'only a running job has a holder': ({ stationId, state }) => (stationId === null) === (state !== 'processing'),
}

function brokenLaws(model: StateModel): string[] {
  const broken = Object.entries(laws).filter(([, holds]) => !model.jobs.every(holds))
  return broken.map(([law]) => law)
}

/** A fence moves by one with each new holder, and never back. */
function isFenceRight(model: StateModel, before: readonly Pick<ModelJob, 'claimSeq' | 'stationId'>[]): boolean {
  return before.every(({ claimSeq, stationId }, at) => {
    const now = model.jobs[at]
    const isClaimed = now !== undefined && now.stationId !== null && now.stationId !== stationId
    return now?.claimSeq === (isClaimed ? claimSeq + 1 : claimSeq)
  })
}

function play(model: StateModel, steps: readonly Step[]): void {
  for (const step of steps) {
    const before = model.jobs.map(({ claimSeq, stationId }) => ({ claimSeq, stationId }))
    step(model)
    const broken = brokenLaws(model)
    if (broken.length > 0) throw new ModelBroken(broken.join('; '))
    if (!isFenceRight(model, before)) throw new ModelBroken('a fence moved otherwise than by one with a claim')
  }
}

/** The faults end, one new station works on: whoever is frozen or dead loses its jobs to it. */
function heal(model: StateModel): void {
  model.storeUp = true
  model.join()
  const last = model.stations.at(-1)
  if (last === undefined) return
  for (let second = 0; second < 60; second++) {
    model.tick()
    model.sweep(last)
    model.claim(last)
    for (let slot = 0; slot < 8; slot++) {
      model.start(last)
      model.finish(last, 'completed')
    }
    for (const station of model.stations)
      while (station.running.length > 0 && station.process === 'running') model.finish(station, 'completed')
    for (const station of model.stations) model.giveBack(station)
  }
}

test('whatever is killed, frozen or cut off: no live station is rescued, no job that never started loses budget, every budget holds what happened, fences only rise', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 20, maxLength: 150, size: 'max' }), (steps) => {
      play(fresh(), steps)
    }),
    { numRuns: 2000 },
  )
})

test('when the faults are over, every job ends', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80, size: 'max' }), (steps) => {
      const model = fresh()
      play(model, steps)
      heal(model)
      expect(model.jobs.filter(({ state }) => state !== 'completed' && state !== 'failed')).toEqual([])
    }),
    { numRuns: 300 },
  )
})

/** Starts and finishes all that `station` has claimed; the process dies as soon as `killer` runs in it. */
function workUntilKilled(model: StateModel, station: ModelStation, killer: ModelJob): void {
  for (let step = 0; step < 20; step++) {
    const waiting = station.buffer.length
    model.start(station)
    if (station.running.some(({ job }) => job === killer)) model.kill(station)
    if (station.buffer.length === waiting) model.finish(station, 'completed')
  }
}

test('a job that kills its process every time fails after three such deaths, its neighbours complete', () => {
  const model = new StateModel()
  for (let at = 0; at < 4; at++) model.dispatch()
  const killer = model.jobs[2]
  for (let life = 0; life < 12; life++) {
    model.join()
    const station = model.stations.at(-1)
    if (station === undefined || killer === undefined) throw new Error('the model is empty')
    for (let second = 0; second < 25; second++) {
      model.tick()
      model.sweep(station)
    }
    model.claim(station)
    workUntilKilled(model, station, killer)
  }
  expect(killer).toMatchObject({ state: 'failed', crashes: 3, failures: 0 })
  const others = model.jobs.filter((job) => job !== killer)
  expect(others.map(({ state, crashes }) => [state, crashes])).toEqual(Array(3).fill(['completed', 0]))
})
