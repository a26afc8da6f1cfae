import { Fragment } from 'react'
import type { WorkerStatistics } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { statusCounts } from './worker-groups.ts'

const HIGH_RATIO = 0.05

/** All workers in figures. */
export function WorkersStatistics({ statistics }: { readonly statistics: WorkerStatistics }) {
  const workers = useWorkerWords()
  const format = useFormat()
  const { statistics: words, some } = workers
  const { total, meanRunMs, errorRatio } = statistics
  const counts = statusCounts(statistics).map(([status, count]) => ({
    status,
    words: some[status](count),
    tone: status === 'lost' || status === 'failed' ? ` in-tone tone-${status}` : '',
  }))
  const pace = [
    ...(meanRunMs === null ? [] : [words.meanRun(format.duration(meanRunMs))]),
    ...(errorRatio === null ? [] : [words.failedOfLate(format.percent(errorRatio))]),
  ]
  return (
    <section className="workers-figures" aria-label={words.region}>
      <dl className="vitals">
        <Vital
          label={workers.title}
          value={format.number(total)}
          unit={words.alive}
          note={counts.map(({ status, words: count, tone }, at) => (
            <Fragment key={status}>
              {at === 0 ? null : ', '}
              <span className={`nowrap${tone}`}>{count}</span>
            </Fragment>
          ))}
        />
        <Vital
          label={words.pace}
          value={format.compact(statistics.throughputPerMinute)}
          unit="/min"
          note={pace.join(' · ')}
          tone={(errorRatio ?? 0) > HIGH_RATIO ? 'failed' : undefined}
        />
        <Vital
          label={words.slots}
          value={format.number(statistics.running)}
          unit={words.of(format.compact(statistics.capacity))}
          note={words.done(format.compact(statistics.jobsDone), format.compact(statistics.jobsFailed))}
        />
        <Vital
          label={words.memory}
          value={format.bytes(statistics.memoryBytes)}
          note={words.cpu(format.percent(Math.round(statistics.cpuPercent) / 100))}
        />
      </dl>
    </section>
  )
}
