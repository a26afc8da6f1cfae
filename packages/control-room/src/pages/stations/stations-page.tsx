import { Server } from 'lucide-react'
import { useState } from 'react'
import type { Station } from '../../../../stellwerk/src/http/schemas/station.ts'
import { stationsTopic } from '../../api/live/topics.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Table } from '../../ui/table.tsx'
import './stations.css'
import { useStationColumns } from './use-station-columns.tsx'

const keyOf = ({ id }: Station) => id

function NoStation() {
  const { stations } = useMessages()
  return (
    <EmptyState icon={Server} title={stations.empty} hint={stations.emptyHint}>
      <CodeBlock code={stations.command} label={stations.emptyHint} />
    </EmptyState>
  )
}

function PastStations({ past }: { readonly past: readonly Station[] }) {
  const { stations } = useMessages()
  const [isShown, setShown] = useState(false)
  const columns = useStationColumns(true)
  if (past.length === 0) return null
  return (
    <>
      <div>
        <Button kind="quiet" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? stations.hidePast : stations.showPast(past.length)}
        </Button>
      </div>
      {isShown ? (
        <Panel title={stations.past}>
          <Table caption={stations.past} columns={columns} rows={past} rowKey={keyOf} />
        </Panel>
      ) : null}
    </>
  )
}

function StationsPanel() {
  const { stations } = useMessages()
  const { data, staleSince, problem, retry } = useLive(stationsTopic)
  const columns = useStationColumns(false)
  if (data === undefined)
    return problem === null ? <SkeletonRows rows={4} /> : <ProblemNote problem={problem} onRetry={retry} />
  const present = data.stations.filter(({ state }) => state !== 'stopped')
  const alive = present.filter(({ state }) => state === 'alive')
  const lost = present.length - alive.length
  const slots = alive.reduce((sum, { concurrency }) => sum + concurrency, 0)
  const note = [stations.summary(alive.length, slots), ...(lost > 0 ? [stations.lost(lost)] : [])].join(', ')
  return (
    <>
      <Panel
        title={stations.title}
        note={present.length === 0 ? undefined : note}
        staleSince={staleSince}
        onRetry={retry}
      >
        {present.length === 0 ? (
          <NoStation />
        ) : (
          <Table caption={stations.title} columns={columns} rows={present} rowKey={keyOf} isMain />
        )}
      </Panel>
      <PastStations past={data.stations.filter(({ state }) => state === 'stopped')} />
    </>
  )
}

/** The stations: which live, what they serve, how busy they are, and which were lost. */
export function StationsPage() {
  const { stations } = useMessages()
  if (!usePermission('station:read')) return <ForbiddenPage permission="station:read" />
  return (
    <>
      <PageHeader title={stations.title} />
      <div className="page">
        <StationsPanel />
      </div>
    </>
  )
}
