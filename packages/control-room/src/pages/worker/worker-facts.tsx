import { Link } from 'wouter'
import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { queuePath } from '../../panels/queue-table/queue-path.ts'
import { ExitReason } from '../../panels/workers/exit-reason.tsx'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { Fact, Facts } from '../../ui/fact.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { visibleText } from '../../ui/visible-text.ts'

function Queues({ queues }: { readonly queues: readonly string[] }) {
  const { facts } = useWorkerWords()
  if (queues.includes('*')) return facts.all
  return queues.map((queue) => (
    <Link key={queue} to={queuePath(queue)} className="link worker-queue">
      {visibleText(queue)}
    </Link>
  ))
}

/** What a worker is, and the rest of its figures. */
export function WorkerFacts({ worker }: { readonly worker: WorkerDetail }) {
  const words = useWorkerWords()
  const format = useFormat()
  const { facts } = words
  const { label, host, lastExit, types } = worker
  return (
    <Panel title={facts.title}>
      <Facts>
        <Fact name={facts.pool}>{visibleText(worker.pool)}</Fact>
        <Fact name={facts.machine}>{visibleText(label === null ? host : `${label} · ${host}`)}</Fact>
        <Fact name={facts.process}>{worker.pid}</Fact>
        <Fact name={facts.station}>
          <span className="mono">{visibleText(worker.station)}</span>
        </Fact>
        <Fact name={facts.queues}>
          <Queues queues={worker.queues} />
        </Fact>
        <Fact name={facts.types}>{types === null ? facts.all : visibleText(types.join(', '))}</Fact>
        <Fact name={facts.started}>
          <Moment at={worker.startedAt} />
        </Fact>
        <Fact name={facts.uptime}>{format.duration(worker.uptimeMs)}</Fact>
        <Fact name={facts.beat}>
          <RelativeTime at={worker.beatAt} />
        </Fact>
        <Fact name={facts.version}>{visibleText(worker.version)}</Fact>
        <Fact name={facts.errors}>{format.percent(worker.errorRatio)}</Fact>
        <Fact name={facts.bytesIn}>{format.bytes(worker.bytesIn)}</Fact>
        <Fact name={facts.bytesOut}>{format.bytes(worker.bytesOut)}</Fact>
        <Fact name={facts.restarts}>{format.number(worker.restarts)}</Fact>
        {lastExit === null ? null : (
          <Fact name={facts.lastExit}>
            <ExitReason exit={lastExit} />, <RelativeTime at={lastExit.at} />
          </Fact>
        )}
      </Facts>
    </Panel>
  )
}
