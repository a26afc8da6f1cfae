import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import { waitTone } from '../../panels/vital/wait-tone.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { StationsVital } from './stations-vital.tsx'

/** From then on it is trouble; the server's rules for the verdict begin there too. */
const HIGH_RATIO = 0.05

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The four figures that say how the whole is. */
export function Vitals({ overview }: { readonly overview: Overview }) {
  const words = useMessages().overview.vitals
  const format = useFormat()
  const { vitals, sparklines, counts } = overview
  const { oldestWaitMs, failureRatio } = vitals
  return (
    <section aria-label={words.region}>
      <dl className="vitals">
        <Vital
          label={words.oldestWait}
          value={format.duration(oldestWaitMs)}
          note={oldestWaitMs === null ? words.nothingWaits : words.waiting(counts.pending)}
          tone={waitTone(oldestWaitMs)}
        >
          <Sparkline values={sparklines.waitP95Ms} label={words.waitP95} tone="pending" />
        </Vital>
        <Vital
          label={words.throughput}
          value={format.compact(vitals.throughputPerMinute)}
          unit={words.perMinute}
          note={words.endedHour(sum(sparklines.ended))}
        >
          <Sparkline values={sparklines.ended} label={words.ended} tone="completed" />
        </Vital>
        <Vital
          label={words.failureRate}
          value={format.percent(failureRatio)}
          note={failureRatio === null ? words.nothingEnded : words.failedHour(sum(sparklines.failed))}
          tone={(failureRatio ?? 0) > HIGH_RATIO ? 'failed' : undefined}
        >
          <Sparkline values={sparklines.failed} label={words.failed} tone="failed" least={10} />
        </Vital>
        <StationsVital vitals={vitals} />
      </dl>
    </section>
  )
}
