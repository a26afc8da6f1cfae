import { readFileSync } from 'node:fs'
import type { StormEvent, StormPayload } from './storm-event.ts'

/** A run as the sink has it: what the handler really did. */
export interface SunkRun {
  readonly id: number
  readonly claimSeq: number
  readonly phases: readonly string[]
}

/** A process of the storm, with the moment it was killed. */
export interface Witness {
  readonly events: readonly StormEvent[]
  readonly killedAt: number | null
}

/** What all processes and the sink say together. */
export interface HistoryReport {
  readonly acknowledged: number
  readonly runs: number
  /** Jobs whose handler got to its end more than once: the price of at-least-once. */
  readonly doubleEffects: number
  /** Accepted completions told beyond the first of a job. */
  readonly completedTwice: number
  readonly refused: number
  /** Runs that came to no end of their own: their job was run again. */
  readonly redelivered: number
  readonly redeliveryRate: number
  /** From a kill to the next start of each job it cut off, ms. */
  readonly recoveryP50Ms: number | null
  readonly recoveryP99Ms: number | null
}

/** Every job that was acknowledged, with what it was told to do. */
export function acknowledged(witnesses: readonly Witness[]): ReadonlyMap<number, StormPayload> {
  const jobs = new Map<number, StormPayload>()
  for (const { events } of witnesses)
    for (const event of events) if (event.e === 'acked') for (const [id, payload] of event.jobs) jobs.set(id, payload)
  return jobs
}

/** The sink by claim; a claim that started twice shows two starts. */
export function readSink(path: string): readonly SunkRun[] {
  const runs = new Map<string, { id: number; claimSeq: number; phases: string[] }>()
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const [id = '', claimSeq = '', phase = ''] = line.split(' ')
    const key = `${id} ${claimSeq}`
    const run = runs.get(key) ?? { id: Number(id), claimSeq: Number(claimSeq), phases: [] }
    run.phases.push(phase)
    runs.set(key, run)
  }
  return [...runs.values()]
}

/** The figures of a storm, as they are published. `endedRuns` are those that the store has accepted an end of. */
export function reportHistory(
  witnesses: readonly Witness[],
  sink: readonly SunkRun[],
  endedRuns: number,
): HistoryReport {
  const ended = witnesses.flatMap(({ events }) =>
    events.flatMap((event) => (event.e === 'station' && event.event.kind === 'ended' ? [event.event] : [])),
  )
  const completions = countBy(ended.filter(({ outcome }) => outcome === 'completed').map(({ id }) => id))
  const effects = countBy(sink.filter(({ phases }) => phases.includes('end')).map(({ id }) => id))
  const redelivered = sink.length - endedRuns
  const recovery = recoveryTimes(witnesses)
  return {
    acknowledged: acknowledged(witnesses).size,
    runs: sink.length,
    doubleEffects: [...effects.values()].filter((count) => count > 1).length,
    completedTwice: [...completions.values()].filter((count) => count > 1).length,
    refused: ended.filter(({ outcome }) => outcome === 'refused').length,
    redelivered,
    redeliveryRate: sink.length === 0 ? 0 : Math.round((redelivered / sink.length) * 10_000) / 10_000,
    recoveryP50Ms: quantile(recovery, 0.5),
    recoveryP99Ms: quantile(recovery, 0.99),
  }
}

/** For every job that ran when its process was killed: how long until a handler ran it again. */
function recoveryTimes(witnesses: readonly Witness[]): readonly number[] {
  const starts = new Map<number, number[]>()
  for (const { events } of witnesses)
    for (const event of events)
      if (event.e === 'station' && event.event.kind === 'started') {
        const list = starts.get(event.event.id) ?? []
        list.push(event.at)
        starts.set(event.event.id, list)
      }
  return witnesses.flatMap(({ events, killedAt }) =>
    killedAt === null
      ? []
      : cutOff(events).flatMap((id) => {
          const again = (starts.get(id) ?? []).filter((at) => at > killedAt)
          return again.length === 0 ? [] : [Math.round(Math.min(...again) - killedAt)]
        }),
  )
}

/** Jobs that a process has started and not seen to their end; a run that was aborted is no longer its own. */
export function cutOff(events: readonly StormEvent[]): readonly number[] {
  const open = new Set<number>()
  for (const event of events) {
    if (event.e === 'aborted') open.delete(event.id)
    if (event.e !== 'station') continue
    if (event.event.kind === 'started') open.add(event.event.id)
    else if (event.event.kind === 'ended') open.delete(event.event.id)
  }
  return [...open]
}

function countBy(ids: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
