import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { UNKNOWN } from '../../i18n/formatters.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import { MemoryLine, memoryTone } from '../../panels/workers/memory-figure.tsx'
import { isPast, useWorkerWords } from '../../panels/workers/worker-words.ts'
import { useNow } from '../../ui/clock.ts'

const HIGH_CPU = 95
const HIGH_RATIO = 0.05

interface VitalsProps {
  readonly worker: WorkerDetail
}

/** The figures of one worker; those that only a living one has are not told of another one. */
export function WorkerVitals({ worker }: VitalsProps) {
  return (
    <dl className="vitals worker-figures">
      {isPast(worker) ? <PastVitals worker={worker} /> : <LiveVitals worker={worker} />}
    </dl>
  )
}

function LiveVitals({ worker }: VitalsProps) {
  const words = useWorkerWords()
  const format = useFormat()
  const { cpuPercent, memoryBytes, memoryLimitBytes, errorRatio, meanRunMs } = worker
  const tone = memoryTone(memoryBytes, memoryLimitBytes)
  return (
    <>
      <Vital
        label={words.column.jobs}
        value={format.number(worker.runningCount)}
        unit={words.statistics.of(format.number(worker.concurrency))}
        note={words.statistics.done(format.compact(worker.jobsDone), format.compact(worker.jobsFailed))}
      />
      <Vital
        label={words.column.pace}
        value={format.compact(worker.throughputPerMinute)}
        note={meanRunMs === null ? words.statistics.none : words.statistics.meanRun(format.duration(meanRunMs))}
        tone={(errorRatio ?? 0) > HIGH_RATIO ? 'failed' : undefined}
      />
      <Vital
        label={words.column.memory}
        value={format.bytes(memoryBytes)}
        note={memoryLimitBytes === null ? undefined : words.limit(format.bytes(memoryLimitBytes))}
        tone={tone === 'processing' ? undefined : tone}
      >
        <MemoryLine worker={worker} />
      </Vital>
      <Vital
        label={words.column.cpu}
        value={format.percent(Math.round(cpuPercent) / 100)}
        note={`${words.column.lag} ${format.duration(worker.loopLagMs)}`}
        tone={cpuPercent >= HIGH_CPU ? 'failed' : undefined}
      />
    </>
  )
}

function PastVitals({ worker }: VitalsProps) {
  const words = useWorkerWords()
  const format = useFormat()
  const { memoryBytes, memoryLimitBytes, concurrency, jobsDone, jobsFailed } = worker
  const asOf = words.asOf(format.recent(worker.beatAt, useNow(60_000)))
  const done = words.statistics.done(format.compact(jobsDone), format.compact(jobsFailed))
  const limit = memoryLimitBytes === null ? [] : [words.limit(format.bytes(memoryLimitBytes))]
  return (
    <>
      <Vital
        isPast
        label={words.column.jobs}
        value={format.number(worker.runningCount)}
        unit={words.statistics.of(format.number(concurrency))}
        note={`${done} · ${asOf}`}
      />
      <Vital isPast label={words.column.pace} value={UNKNOWN} />
      <Vital isPast label={words.column.memory} value={format.bytes(memoryBytes)} note={[...limit, asOf].join(' · ')}>
        <MemoryLine worker={worker} />
      </Vital>
      <Vital isPast label={words.column.cpu} value={UNKNOWN} note={`${words.column.lag} ${UNKNOWN}`} />
    </>
  )
}
