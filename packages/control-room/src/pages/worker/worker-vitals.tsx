import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import { MemoryLine, memoryTone } from '../../panels/workers/memory-figure.tsx'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'

const HIGH_CPU = 95
const HIGH_RATIO = 0.05

/** The figures of one worker. */
export function WorkerVitals({ worker }: { readonly worker: WorkerDetail }) {
  const words = useWorkerWords()
  const format = useFormat()
  const { cpuPercent, memoryBytes, memoryLimitBytes, errorRatio, meanRunMs } = worker
  const tone = memoryTone(memoryBytes, memoryLimitBytes)
  return (
    <dl className="vitals">
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
    </dl>
  )
}
