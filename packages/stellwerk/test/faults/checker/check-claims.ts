import { expect } from 'vitest'
import { countBy, endsOf, type Witness } from './history.ts'

/** Outcomes that end a job for good. */
const final = new Set(['completed', 'failed'])

/** What the processes told of their claims, against the fences that the rows ended with (id to claim_seq). */
export function checkClaims(witnesses: readonly Witness[], fences: ReadonlyMap<number, number>): void {
  const claims = witnesses.flatMap(({ events }) =>
    events.flatMap((event) => (event.e === 'claimed' ? event.claims.map(keyOf) : [])),
  )
  expect(repeated(claims), 'I2: one claim that was given twice').toEqual([])
  const beyond = claims.filter((claim) => {
    const [id = 0, claimSeq = 0] = claim.split(' ').map(Number)
    return claimSeq > (fences.get(id) ?? 0)
  })
  expect(beyond, 'I3: a claim above the fence that its row ended with').toEqual([])
  const accepted = endsOf(witnesses).filter(({ outcome }) => outcome !== 'refused')
  expect(
    repeated(accepted.map(({ id, claimSeq }) => keyOf([id, claimSeq]))),
    'I6: one claim with two accepted ends',
  ).toEqual([])
  const ends = accepted.filter(({ outcome }) => final.has(outcome))
  expect(repeated(ends.map(({ id }) => String(id))), 'I4: one job with two accepted final ends').toEqual([])
  const stale = ends.filter(({ id, claimSeq }) => fences.get(id) !== claimSeq)
  expect(stale, 'I5: a final end accepted under another claim than the newest').toEqual([])
}

function keyOf([id, claimSeq]: readonly [number, number]): string {
  return `${id} ${claimSeq}`
}

function repeated(keys: readonly string[]): readonly string[] {
  return [...countBy(keys)].filter(([, count]) => count > 1).map(([key]) => key)
}
