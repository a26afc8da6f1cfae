import { readFileSync } from 'node:fs'
import type { FaultPayload, HistoryEvent } from './history-event.ts'

/** A run as the sink has it: what the handler really did. */
export interface SunkRun {
  readonly id: number
  readonly claimSeq: number
  readonly phases: readonly string[]
}

/** A process, with the moment it was killed. */
export interface Witness {
  readonly events: readonly HistoryEvent[]
  readonly killedAt: number | null
}

/** What is left when a fault is over. */
export interface FaultLog {
  readonly witnesses: readonly Witness[]
  readonly sinkPath: string
  readonly elapsedMs: number
}

/** What all processes and the sink say together. */
export interface HistoryReport {
  readonly acknowledged: number
  /** Acknowledged jobs without a row. */
  readonly lost: number
  /** Dispatches that were answered with an error. */
  readonly refusedDispatches: number
  readonly runs: number
  /** Jobs whose handler got to its end more than once: the price of at-least-once. */
  readonly doubleEffects: number
  /** Late outcomes that the store refused. */
  readonly staleRefused: number
  /** Runs that came to no end of their own: their job was run again. */
  readonly redelivered: number
  readonly redeliveryRate: number
  /** From a kill to the next start of each job it cut off, ms. */
  readonly recoveryP50Ms: number | null
  readonly recoveryP99Ms: number | null
}

type Started = Extract<HistoryEvent, { readonly e: 'station' }>['event'] & { readonly kind: 'started' }
type Ended = Extract<HistoryEvent, { readonly e: 'station' }>['event'] & { readonly kind: 'ended' }

/** What a process told that it started. */
export function startsOf(events: readonly HistoryEvent[]): readonly (Started & { readonly at: number })[] {
  return events.flatMap((event) =>
    event.e === 'station' && event.event.kind === 'started' ? [{ ...event.event, at: event.at }] : [],
  )
}

/** What all processes told that ended. */
export function endsOf(witnesses: readonly Witness[]): readonly Ended[] {
  return witnesses.flatMap(({ events }) =>
    events.flatMap((event) => (event.e === 'station' && event.event.kind === 'ended' ? [event.event] : [])),
  )
}

/** Every job that was acknowledged, with what it was told to do. */
export function acknowledged(witnesses: readonly Witness[]): ReadonlyMap<number, FaultPayload> {
  const jobs = new Map<number, FaultPayload>()
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

/** What the store itself says when all is over. */
export interface StoreFacts {
  /** Runs that it has accepted an end of. */
  readonly endedRuns: number
  readonly lost: number
}

/** The figures of a fault, as they are published. */
export function reportHistory(
  witnesses: readonly Witness[],
  sink: readonly SunkRun[],
  facts: StoreFacts,
): HistoryReport {
  const effects = countBy(sink.filter(({ phases }) => phases.includes('end')).map(({ id }) => id))
  const redelivered = sink.length - facts.endedRuns
  const recovery = recoveryTimes(witnesses)
  return {
    acknowledged: acknowledged(witnesses).size,
    lost: facts.lost,
    refusedDispatches: witnesses.flatMap(({ events }) => events.filter(({ e }) => e === 'refused-dispatch')).length,
    runs: sink.length,
    doubleEffects: [...effects.values()].filter((count) => count > 1).length,
    staleRefused: endsOf(witnesses).filter(({ outcome }) => outcome === 'refused').length,
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
    for (const { id, at } of startsOf(events)) {
      const list = starts.get(id) ?? []
      list.push(at)
      starts.set(id, list)
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
export function cutOff(events: readonly HistoryEvent[]): readonly number[] {
  const open = new Set<number>()
  for (const event of events) {
    if (event.e === 'aborted') open.delete(event.id)
    if (event.e !== 'station') continue
    if (event.event.kind === 'started') open.add(event.event.id)
    else open.delete(event.event.id)
  }
  return [...open]
}

/** How often each comes. */
export function countBy<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The value below which `share` of the values lie; null where there are none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
