import { Link } from 'wouter'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { UNKNOWN } from '../../i18n/formatters.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { useServerWords } from '../../panels/server-words/use-server-words.ts'
import { endBeside } from '../../panels/workers/end-beside.ts'
import { ExitReason } from '../../panels/workers/exit-reason.tsx'
import { SlotsBar } from '../../panels/workers/slots-bar.tsx'
import { isPast, useWorkerWords } from '../../panels/workers/worker-words.ts'
import { Count } from '../../ui/count.tsx'
import { Duration } from '../../ui/duration.tsx'
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
    <span className={isPast(worker) ? 'jobs-now muted' : 'jobs-now'}>
      <SlotsBar running={runningCount} capacity={concurrency} />
      {job === undefined ? null : (
        <>
          <Link to={`/jobs/${job.id}`} className="link small worker-job">
            <span className="cut">{visibleText(job.type)}</span> <span className="mono">#{job.id}</span>
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

/** A figure that only a living worker has. */
function NoFigure() {
  return <span className="muted">{UNKNOWN}</span>
}

/** How late the event loop of a worker is. */
export function LagFigure({ worker }: { readonly worker: Worker }) {
  return isPast(worker) ? <NoFigure /> : <Duration ms={worker.loopLagMs} />
}

/** CPU of one core. */
export function CpuFigure({ worker }: { readonly worker: Worker }) {
  const format = useFormat()
  const { cpuPercent } = worker
  if (isPast(worker)) return <NoFigure />
  return (
    <span className={cpuPercent >= HIGH_CPU ? 'nowrap worker-bad' : 'nowrap'}>
      {format.percent(Math.round(cpuPercent) / 100)}
    </span>
  )
}

/** Runs that ended a minute, and how many of them failed. */
export function PaceFigure({ worker }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const format = useFormat()
  const { throughputPerMinute, errorRatio } = worker
  if (isPast(worker)) return <NoFigure />
  return (
    <span className="worker-pace">
      <Count value={throughputPerMinute} isQuiet />
      {errorRatio === null || errorRatio === 0 ? null : (
        <span className={errorRatio > HIGH_RATIO ? 'small worker-bad' : 'small muted'}>
          {workers.statistics.failed(format.percent(errorRatio))}
        </span>
      )}
    </span>
  )
}

/** How often its place was started anew, and why last. */
export function ExitFigure({ worker: { restarts, lastExit } }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const say = useServerWords()
  const end = lastExit === null ? null : endBeside(lastExit)
  const exit = lastExit && end && workers.exitOf(say(lastExit.reason).text, end.code, end.signal)
  return (
    <span className="worker-pace" title={exit ?? undefined}>
      <Count value={restarts} isQuiet />
      {lastExit === null ? null : (
        <span className="small muted worker-exit">
          <ExitReason exit={lastExit} />
        </span>
      )}
    </span>
  )
}
