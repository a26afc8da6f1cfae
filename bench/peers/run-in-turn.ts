import { setTimeout as pause } from 'node:timers/promises'
import { startBenchChild } from '../child-process.ts'
import { type Candidate, takesPart } from './candidates.ts'
import type { PeersOptions } from './peers-options.ts'
import type { PeerScenario, RunOrder, RunResult } from './run-result.ts'
import type { TurnGround } from './turn-ground.ts'

/** One run and where it stood. */
export interface Run extends RunResult {
  readonly candidate: string
  readonly scenario: PeerScenario
  /** 0-based; runs of one scenario and round followed each other. */
  readonly round: number
}

/** A run takes seconds; one that lost a job would wait for it without end. */
const longestRunMs = 1_200_000

const folder = new URL('processes/', import.meta.url)

/** Each scenario, round after round, the candidates in turn: A B C A B C, so that a machine whose pace changes changes it for all. */
export async function runInTurn(
  options: PeersOptions,
  ground: TurnGround,
  told: (run: Run) => void,
): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (const scenario of options.scenarios) {
    for (let round = 0; round < options.rounds; round++) {
      for (const candidate of options.candidates.filter((one) => takesPart(one, scenario))) {
        const result = await runOnce({ options, ground, candidate, scenario })
        const run = { ...result, candidate: candidate.name, scenario, round }
        told(run)
        runs.push(run)
      }
    }
  }
  return runs
}

interface OneRun {
  readonly options: PeersOptions
  readonly ground: TurnGround
  readonly candidate: Candidate
  readonly scenario: PeerScenario
}

async function runOnce({ options, ground, candidate, scenario }: OneRun): Promise<RunResult> {
  const { jobs, samples, concurrency, callers, chunk } = options
  const { address, clear } = await ground.prepare(candidate.ground)
  const child = startBenchChild('candidate', folder)
  try {
    const processes = candidate.processes ?? null
    const work = { jobs, samples, concurrency, callers, chunk, processes }
    const run: RunOrder = { candidate: candidate.name, scenario, address, ...work }
    return await Promise.race([child.ask<RunResult>({ order: 'run', run }), tooLate(run)])
  } finally {
    await child.end()
    await clear()
  }
}

async function tooLate({ candidate, scenario }: RunOrder): Promise<never> {
  await pause(longestRunMs, undefined, { ref: false })
  throw new Error(`${scenario}, ${candidate}: not every job had run after ${longestRunMs / 60_000} minutes`)
}
