import { describe, expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { exitOutcomes, type WorkerDeath } from './exit-outcomes.ts'
import { RemoteTypes } from './remote-types.ts'

const types = new RemoteTypes({})
types.learn([{ name: 'noop', version: 1, defaults: { tries: 7 }, hasHandler: true, hasHook: true }])
const handed = [1, 2, 3].map((id) => ({
  job: claimedJob({ id, type: 'noop', claimSeq: 5 }),
  receivedMs: 0,
  handedMs: 10,
  watchMs: 0,
}))
const death: WorkerDeath = {
  workerId: 'w_1',
  handed,
  running: [],
  hooks: 0,
  blamed: new Map(),
  isExpected: false,
  end: { code: null, signal: 'SIGKILL', fault: null },
  memoryBytes: 50 * 1_048_576,
  nowMs: 110,
}
const ran = (...ids: readonly number[]) => ids.map((id) => ({ id, claimSeq: 5 }))
const kindsOf = (changes: Partial<WorkerDeath>) =>
  exitOutcomes({ ...death, ...changes }, types).map((outcome) =>
    outcome.kind === 'crashed' ? [outcome.kind, outcome.counted, outcome.solo] : [outcome.kind],
  )

describe('after the death of a worker', () => {
  test('the one job in a handler is charged, the others go back', () => {
    expect(kindsOf({ running: ran(2) })).toEqual([['returned'], ['crashed', true, true], ['returned']])
  })

  test('several are suspects, alone next, with nothing counted', () => {
    expect(kindsOf({ running: ran(1, 3) })).toEqual([['crashed', false, true], ['returned'], ['crashed', false, true]])
  })

  test('a failed hook that ran beside a job is a suspect too', () => {
    expect(kindsOf({ running: ran(2), hooks: 1 })).toEqual([['returned'], ['crashed', false, true], ['returned']])
  })

  test('a mark of an older claim is nobody, but it makes the other a suspect only', () => {
    expect(kindsOf({ running: [...ran(1), { id: 2, claimSeq: 4 }] })).toEqual([
      ['crashed', false, true],
      ['returned'],
      ['returned'],
    ])
  })

  test('without marks nothing is counted', () => {
    expect(kindsOf({})).toEqual([['returned'], ['returned'], ['returned']])
  })

  test('who was killed for a job leaves the neighbours unburnt', () => {
    const blamed = new Map([[1, { kind: 'returned', id: 1, claimSeq: 5, workerId: 'blamed' } as const]])
    const outcomes = exitOutcomes({ ...death, running: ran(1, 2), blamed, isExpected: true }, types)
    expect(outcomes.map(({ workerId }) => workerId)).toEqual(['blamed', undefined, undefined])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['returned', 'returned', 'returned'])
  })

  test('the failure says how it died, how large it was, and which crash this is', () => {
    const [outcome] = exitOutcomes({ ...death, handed: handed.slice(0, 1), running: ran(1) }, types)
    expect(outcome).toMatchObject({ workerId: 'w_1', tries: 7, hook: true, runMs: 100, failure: { kind: 'crash' } })
    expect(JSON.stringify(outcome)).toContain('signal SIGKILL, 50 MB; crash 1')
  })

  test('an abort is what a full heap ends in: kind memory', () => {
    const end = { code: 134, signal: null, fault: null }
    const [outcome] = exitOutcomes({ ...death, end, handed: handed.slice(0, 1), running: ran(1) }, types)
    expect(outcome).toMatchObject({ failure: { kind: 'memory' } })
  })
})
