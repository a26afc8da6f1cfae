import { useCallback, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { WorkerList, WorkerPool } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { OrderMenu } from '../../panels/worker-orders/order-menu.tsx'
import { cancelledJobs, pendingOrders, reachOf } from '../../panels/worker-orders/order-reach.ts'
import { targetText } from '../../panels/worker-orders/order-words.ts'
import { useWorkerWords, type WorkerWords } from '../../panels/workers/worker-words.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { WorkerBadge } from '../../ui/state-badge.tsx'
import { Table } from '../../ui/table.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useWorkerColumns, type WorkerRow } from './use-worker-columns.tsx'
import { WorkerGrid } from './worker-grid.tsx'
import { machineName, type WorkerGroup } from './worker-groups.ts'
import { rowsAtMost } from './workers-search.ts'

interface GroupPanelProps {
  readonly group: WorkerGroup
  readonly list: WorkerList
  readonly form: 'table' | 'grid'
  readonly machineOf: (station: string) => string
  /** The first table of the page: j and k walk through it. */
  readonly isMain: boolean
}

/** The workers of a pool or of a station, with what they can be told. */
export function GroupPanel({ group, list, form, machineOf, isMain }: GroupPanelProps) {
  const words = useWorkerWords()
  const { station, target, pools, workers } = group
  const name = targetText(target, words.orders.target, machineOf)
  const title = station === null ? group.key : machineName(station)
  return (
    <Panel
      title={visibleText(title)}
      note={<GroupNote group={group} />}
      actions={<OrderMenu target={target} name={name} reach={reachOf(target, list)} />}
    >
      <PoolLines group={group} list={list} machineOf={machineOf} />
      {workers.length === 0 ? (
        <p className="workers-note">
          {station?.state === 'alive' && pools.length === 0 ? words.reportsNone : words.noWorkers}
        </p>
      ) : null}
      {workers.length > 0 && form === 'grid' ? <WorkerGrid workers={workers} /> : null}
      {workers.length > 0 && form === 'table' ? <WorkerTable group={group} list={list} isMain={isMain} /> : null}
    </Panel>
  )
}

function poolText(pool: WorkerPool, words: WorkerWords): string {
  const { kind, processes, min, max } = pool
  if (kind === 'inline') return words.inline
  return processes === 0 ? words.stoppedPool(min, max) : words.processes(processes, min, max)
}

function GroupNote({ group: { station, workers, pools } }: { readonly group: WorkerGroup }) {
  const words = useWorkerWords()
  const [only, ...others] = pools
  const parts = [
    words.total(workers.length),
    ...(only === undefined || others.length > 0 ? [] : [poolText(only, words)]),
    ...(station === null ? [] : [words.pid(station.pid), words.version(visibleText(station.version))]),
  ]
  return (
    <span className="group-note">
      {station === null || station.state === 'alive' ? null : <WorkerBadge status={station.state} />}
      {parts.join(' · ')}
    </span>
  )
}

type PoolLinesProps = Pick<GroupPanelProps, 'group' | 'list' | 'machineOf'>

/** Each pool of a station, or each machine of a pool, where there are several. */
function PoolLines({ group: { station, pools }, list, machineOf }: PoolLinesProps) {
  const words = useWorkerWords()
  if (pools.length < 2) return null
  return (
    <ul className="pool-lines">
      {pools.map((pool) => {
        const target = { pool: pool.pool, station: pool.station }
        return (
          <li key={pool.id}>
            <span className="pool-line">
              <strong>{visibleText(station === null ? machineOf(pool.station) : pool.pool)}</strong>{' '}
              <span className="muted">{poolText(pool, words)}</span>
            </span>
            <OrderMenu
              target={target}
              name={targetText(target, words.orders.target, machineOf)}
              reach={reachOf(target, list)}
            />
          </li>
        )
      })}
    </ul>
  )
}

const keyOf = ({ worker }: WorkerRow) => worker.id

function WorkerTable({ group, list, isMain }: Pick<GroupPanelProps, 'group' | 'list' | 'isMain'>) {
  const words = useWorkerWords()
  const [, navigate] = useLocation()
  const [isWhole, setWhole] = useState(false)
  const columns = useWorkerColumns(group.station === null)
  const shown = isWhole ? group.workers : group.workers.slice(0, rowsAtMost)
  const rows = useMemo(() => {
    const cancelled = cancelledJobs(list.orders)
    return shown.map((worker) => ({
      worker,
      cancelled,
      pending: pendingOrders(worker, list.orders),
      reach: reachOf({ worker: worker.id }, { workers: [worker], pools: [], stations: list.stations }),
    }))
  }, [shown, list])
  const open = useCallback(({ worker }: WorkerRow) => navigate(`/workers/${encodeURIComponent(worker.id)}`), [navigate])
  return (
    <div className="workers-table">
      <Table
        caption={words.caption(visibleText(group.key))}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        onOpen={open}
        isMain={isMain}
      />
      {shown.length < group.workers.length ? (
        <p className="workers-note">
          <Button onClick={() => setWhole(true)}>{words.showAll(group.workers.length)}</Button>
        </p>
      ) : null}
    </div>
  )
}
