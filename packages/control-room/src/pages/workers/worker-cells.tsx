import { Link } from 'wouter'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { SlotsBar } from '../../panels/workers/slots-bar.tsx'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { Count } from '../../ui/count.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { visibleText } from '../../ui/visible-text.ts'

/** From then on it is not healthy. */
const HIGH_CPU = 95
const HIGH_RATIO = 0.05

interface JobsNowProps {
  readonly worker: Worker
  readonly cancelled: ReadonlySet<string>
}

/** How many jobs a worker runs, and the first of them with how long it has run. */
export function JobsNow({ worker, cancelled }: JobsNowProps) {
  const workers = useWorkerWords()
  const { running, runningCount, concurrency } = worker
  const [job] = running
  return (
    <span className="jobs-now">
      <SlotsBar running={runningCount} capacity={concurrency} />
      {job === undefined ? null : (
        <>
          <Link to={`/jobs/${job.id}`} className="link small cut">
            {visibleText(job.type)} <span className="mono">#{job.id}</span>
          </Link>
          <span className="small muted">
            <TimeSince at={job.startedAt} />
            {cancelled.has(job.id) ? `, ${workers.orders.cancelling}` : null}
            {runningCount > 1 ? `, ${workers.moreJobs(runningCount - 1)}` : null}
          </span>
        </>
      )}
    </span>
  )
}

/** CPU of one core. */
export function CpuFigure({ worker: { cpuPercent } }: { readonly worker: Worker }) {
  const format = useFormat()
  return (
    <span className={cpuPercent >= HIGH_CPU ? 'nowrap worker-bad' : 'nowrap'}>
      {format.percent(Math.round(cpuPercent) / 100)}
    </span>
  )
}

/** Runs that ended a minute, and how many of them failed. */
export function PaceFigure({ worker: { throughputPerMinute, errorRatio } }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const format = useFormat()
  return (
    <span className="worker-pace">
      <Count value={throughputPerMinute} isQuiet />
      {errorRatio === null || errorRatio === 0 ? null : (
        <span className={errorRatio > HIGH_RATIO ? 'small nowrap worker-bad' : 'small nowrap muted'}>
          {workers.statistics.failed(format.percent(errorRatio))}
        </span>
      )}
    </span>
  )
}

/** How often its place was started anew, and why last. */
export function ExitFigure({ worker: { restarts, lastExit } }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const exit = lastExit === null ? null : visibleText(workers.exitOf(lastExit.reason, lastExit.code, lastExit.signal))
  return (
    <span className="worker-pace" title={exit ?? undefined}>
      <Count value={restarts} isQuiet />
      {exit === null ? null : <span className="small muted cut worker-exit">{exit}</span>}
    </span>
  )
}
