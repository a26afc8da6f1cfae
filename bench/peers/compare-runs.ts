import { type Spread, spreadOf } from '../statistics.ts'
import { type Candidate, takesPart } from './candidates.ts'
import type { PeersOptions } from './peers-options.ts'
import type { Run } from './run-in-turn.ts'
import type { PeerScenario } from './run-result.ts'
import { ratioTargets, timeTargets } from './targets.ts'

/** A figure of a scenario, and which way is better. */
export interface Measure {
  readonly scenario: PeerScenario
  readonly figure: string
  readonly unit: 'jobs/s' | 'ms'
}

/** One candidate's figure over the rounds. */
export interface FigureRow {
  readonly measure: Measure
  readonly candidate: string
  readonly spread: Spread
}

/** How many times better ours was than a peer in the same round. */
export interface RatioRow {
  readonly measure: Measure
  readonly ours: string
  readonly peer: string
  readonly spread: Spread
  /** null = there is none. */
  readonly target: number | null
}

/** A time of ours that has a limit. */
export interface LimitRow {
  readonly measure: Measure
  readonly ours: string
  readonly medianMs: number
  readonly atMostMs: number
}

/** All that the runs say. */
export interface Comparison {
  readonly figures: readonly FigureRow[]
  readonly ratios: readonly RatioRow[]
  readonly limits: readonly LimitRow[]
}

const measures: readonly Measure[] = [
  { scenario: 'drain', figure: 'jobs_per_second', unit: 'jobs/s' },
  { scenario: 'enqueue-bulk', figure: 'jobs_per_second', unit: 'jobs/s' },
  { scenario: 'enqueue-single', figure: 'jobs_per_second', unit: 'jobs/s' },
  { scenario: 'latency', figure: 'p50_ms', unit: 'ms' },
  { scenario: 'latency', figure: 'p99_ms', unit: 'ms' },
]

/** Medians and ends of every figure, and the ratios taken round by round. Pure. */
export function compareRuns(runs: readonly Run[], options: Pick<PeersOptions, 'candidates' | 'scenarios'>): Comparison {
  const asked = measures.filter(({ scenario }) => options.scenarios.includes(scenario))
  const ours = options.candidates.filter(({ isOurs }) => isOurs)
  const peers = options.candidates.filter(({ isOurs }) => !isOurs)
  return {
    figures: asked.flatMap((measure) =>
      options.candidates
        .filter((one) => takesPart(one, measure.scenario))
        .map(({ name }) => ({
          measure,
          candidate: name,
          spread: spreadOf(figuresOf(runs, measure, name), measure.unit === 'ms' ? 2 : 0),
        })),
    ),
    ratios: asked.flatMap((measure) =>
      ours
        .filter((one) => takesPart(one, measure.scenario))
        .flatMap((one) => peers.map((peer) => ratioRow(runs, measure, { one, peer }))),
    ),
    limits: asked.flatMap((measure) => ours.flatMap(({ name }) => limitRows(runs, measure, name))),
  }
}

/** One candidate's figure, by round. */
function figuresOf(runs: readonly Run[], { scenario, figure }: Measure, candidate: string): readonly number[] {
  return runs
    .filter((run) => run.scenario === scenario && run.candidate === candidate)
    .toSorted((a, b) => a.round - b.round)
    .map(({ figures }) => figures[figure] ?? Number.NaN)
}

function ratioRow(
  runs: readonly Run[],
  measure: Measure,
  { one, peer }: { readonly one: Candidate; readonly peer: Candidate },
): RatioRow {
  const theirs = figuresOf(runs, measure, peer.name)
  const ratios = figuresOf(runs, measure, one.name).map((own, round) => {
    const their = theirs[round] ?? Number.NaN
    return measure.unit === 'ms' ? their / own : own / their
  })
  const target = ratioTargets.find(
    ({ scenario, ours, peer: name }) => scenario === measure.scenario && ours === one.name && name === peer.name,
  )
  return { measure, ours: one.name, peer: peer.name, spread: spreadOf(ratios, 2), target: target?.atLeast ?? null }
}

function limitRows(runs: readonly Run[], measure: Measure, name: string): readonly LimitRow[] {
  if (measure.scenario !== 'latency') return []
  return timeTargets
    .filter(({ ours, figure }) => ours === name && figure === measure.figure)
    .map(({ atMostMs }) => ({
      measure,
      ours: name,
      medianMs: spreadOf(figuresOf(runs, measure, name), 2).median,
      atMostMs,
    }))
}
