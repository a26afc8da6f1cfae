import type { Worker, WorkerList, WorkerPool, WorkerStatistics } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { OrderTarget } from '../../panels/worker-orders/order-reach.ts'

/** Workers that belong together: those of a pool on all machines, or those of a station. */
export interface WorkerGroup {
  readonly key: string
  readonly target: OrderTarget
  /** Its station; null for a pool. */
  readonly station: WorkerList['stations'][number] | null
  /** Where it has, or may have, processes. */
  readonly pools: readonly WorkerPool[]
  readonly workers: readonly Worker[]
}

/** Groups that are of use now, and those of stations that ended by themselves. */
export interface WorkerGroups {
  readonly present: readonly WorkerGroup[]
  readonly past: readonly WorkerGroup[]
}

const worth = { alive: 0, lost: 1, stopped: 2 } as const

/** One group for each station: the living ones first, by host; what has stopped apart. Pure. */
export function groupByMachine({ workers, pools, stations }: WorkerList): WorkerGroups {
  const groups = stations
    .toSorted(
      (one, other) =>
        worth[one.state] - worth[other.state] || one.host.localeCompare(other.host) || one.id.localeCompare(other.id),
    )
    .map((station) => ({
      key: station.id,
      target: { station: station.id },
      station,
      pools: pools.filter((pool) => pool.station === station.id),
      workers: workers.filter((worker) => worker.station === station.id),
    }))
  return {
    present: groups.filter(({ station }) => station.state !== 'stopped'),
    past: groups.filter(({ station }) => station.state === 'stopped'),
  }
}

/** One group for each name of a pool, on whatever machines; workers of stations that stopped are in groups of their own, by station. Pure. */
export function groupByPool(list: WorkerList): WorkerGroups {
  const stopped = new Set(list.stations.filter(({ state }) => state === 'stopped').map(({ id }) => id))
  const workers = list.workers.filter(({ station }) => !stopped.has(station))
  const names = [...new Set([...list.pools, ...workers].map(({ pool }) => pool))].toSorted()
  const present = names.map((name) => ({
    key: name,
    target: { pool: name },
    station: null,
    pools: list.pools.filter(({ pool }) => pool === name),
    workers: workers.filter(({ pool }) => pool === name),
  }))
  return { present, past: groupByMachine(list).past }
}

/** Statuses in the order in which they are told: what is wrong first. */
const told = ['lost', 'failed', 'paused', 'draining', 'starting', 'active', 'idle'] as const

/** How many workers are in each status, what is wrong first, only those there are. Pure. */
export function statusCounts(
  statistics: WorkerStatistics,
): readonly (readonly [status: (typeof told)[number], count: number])[] {
  return told.map((status) => [status, statistics[status]] as const).filter(([, count]) => count > 0)
}

/** Names the machine of a station: its host, with its label where it has one, and with its id where a label is not its own. Pure. */
export function machineName({
  host,
  label,
  id,
  sharesLabel,
}: Pick<WorkerList['stations'][number], 'host' | 'label' | 'id' | 'sharesLabel'>): string {
  if (label === null) return host
  return sharesLabel ? `${label} (${id.slice(0, 8)}) · ${host}` : `${label} · ${host}`
}
