import { StellwerkError } from '../domain/errors.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { workerNotFound } from './find-worker.ts'
import type { PoolView, WorkersReading } from './list-workers.ts'

/** Whom an order is for: one of worker, pool, station, all; pool and station together are a pool of that station. A station is named by its id, or by a label that it alone has. */
export interface WorkersTarget {
  readonly worker?: string
  readonly pool?: string
  readonly station?: string
  readonly all?: boolean
}

/** A station that the order reaches, with those of its pools that are meant. */
export interface StationTarget {
  readonly stationId: string
  /** For people. */
  readonly place: string
  readonly pools: readonly PoolView[]
}

type Station = WorkersReading['stations'][number]

/** The live stations behind a target, at least one. Pure. @throws OPTION_INVALID, WORKER_NOT_FOUND, POOL_NOT_FOUND, STATION_NOT_FOUND, ORDER_REFUSED */
export function resolveTarget(target: WorkersTarget, seen: WorkersReading): readonly StationTarget[] {
  const { worker, pool, station, all } = target
  const named = [worker !== undefined, pool !== undefined || station !== undefined, all === true].filter(Boolean)
  if (named.length !== 1)
    throw new StellwerkError(
      'OPTION_INVALID',
      'target: name one of worker, pool, station, all; a pool may name its station',
    )
  const live = seen.stations.filter(({ state }) => state === 'alive')
  if (worker !== undefined) return [ofWorker(worker, seen)]
  const stations = station === undefined ? live : [findStation(station, live)]
  if (pool !== undefined) return ofPool(pool, stations, seen)
  if (stations.length === 0)
    throw new StellwerkError('STATION_NOT_FOUND', "no station is alive; start one with 'stellwerk work'")
  return stations.map((one) => ({ stationId: one.id, place: placeOf(one), pools: poolsOf(one, seen) }))
}

function ofWorker(id: string, seen: WorkersReading): StationTarget {
  const worker = seen.workers.find((one) => one.id === id)
  if (worker === undefined) throw workerNotFound(id, seen.workers)
  const station = seen.stations.find((one) => one.id === worker.stationId)
  if (station?.state === 'alive') return { stationId: station.id, place: placeOf(station), pools: [] }
  throw new StellwerkError(
    'WORKER_NOT_FOUND',
    `worker '${id}' is gone: its station on ${worker.host} ${worker.status === 'lost' ? 'was lost' : 'has stopped'}; 'stellwerk workers' shows those of now`,
  )
}

function ofPool(name: string, stations: readonly Station[], seen: WorkersReading): readonly StationTarget[] {
  const reached = stations
    .map((one) => ({
      stationId: one.id,
      place: placeOf(one),
      pools: poolsOf(one, seen).filter((pool) => pool.name === name),
    }))
    .filter(({ pools }) => pools.length > 0)
  if (reached.length > 0) return reached
  const known = [...new Set(stations.flatMap((one) => poolsOf(one, seen)).map((pool) => pool.name))]
  const shown = name.slice(0, 60)
  const hint = didYouMean(shown, known) || (known.length === 0 ? '' : `; there are ${known.join(', ')}`)
  throw new StellwerkError('POOL_NOT_FOUND', `no live station has a pool '${shown}'${hint}`)
}

function findStation(name: string, live: readonly Station[]): Station {
  const byId = live.find(({ id }) => id === name)
  if (byId !== undefined) return byId
  const labelled = live.filter(({ label }) => label === name)
  const [only, ...others] = labelled
  if (only !== undefined && others.length === 0) return only
  const shown = name.slice(0, 60)
  if (only !== undefined)
    throw new StellwerkError(
      'ORDER_REFUSED',
      `${labelled.length} live stations have the label '${shown}'; name one by its id: ${labelled.map(({ id, host }) => `${id} on ${host}`).join(', ')}`,
    )
  const known = live.flatMap(({ id, label }) => (label === null ? [id] : [id, label]))
  throw new StellwerkError(
    'STATION_NOT_FOUND',
    `no live station is called '${shown}'${didYouMean(shown, known)}; 'stellwerk workers' shows them`,
  )
}

function poolsOf({ id }: Station, { pools }: WorkersReading): readonly PoolView[] {
  return pools.filter(({ stationId }) => stationId === id)
}

function placeOf({ id, host, label }: Station): string {
  return `${label ?? id} on ${host}`
}
