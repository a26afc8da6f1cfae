import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { visibleText } from '../../ui/visible-text.ts'
import type { WorkerWords } from '../workers/worker-words.ts'
import type { OrderKind, OrderReach, OrderTarget } from './order-reach.ts'

type Words = WorkerWords['orders']

/** The part of a worker's id that tells it from others at a glance. */
export function shortId(id: string): string {
  return visibleText(id.slice(0, 10))
}

/** A target in words; `machineOf` names the machine of a station. */
export function targetText(
  target: OrderTarget,
  words: Words['target'],
  machineOf: (station: string) => string,
): string {
  const { worker, pool, station } = target
  if (worker !== undefined) return words.worker(shortId(worker))
  if (pool !== undefined)
    return station === undefined
      ? words.pool(visibleText(pool))
      : words.poolOf(visibleText(pool), visibleText(machineOf(station)))
  return station === undefined ? words.all : words.station(visibleText(machineOf(station)))
}

/** The target of an order that was given to one station, in words. */
export function orderTargetText(
  order: WorkerOrder,
  words: Words['target'],
  machineOf: (station: string) => string,
): string {
  const { worker, pool, station, job } = order
  if (job !== null) return words.job(job)
  if (worker !== null) return words.worker(shortId(worker))
  return targetText(pool === null ? { station } : { pool, station }, words, machineOf)
}

/** An order that was given, in a sentence without its stop. */
export function orderText(order: WorkerOrder, words: Words, machineOf: (station: string) => string): string {
  return words.told[order.kind](orderTargetText(order, words.target, machineOf), order.processes)
}

/** What an order will do, said before it does it. Pure. */
export function effectText(kind: OrderKind, { workers, running, endsStation }: OrderReach, { means }: Words): string {
  if (kind === 'stop' && endsStation) return means.stopStation(workers, running)
  if (kind === 'stop_now' && endsStation) return means.stopStationNow(workers, running)
  return means[kind](workers, running)
}
