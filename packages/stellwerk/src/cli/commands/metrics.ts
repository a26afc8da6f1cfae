import type { MergedMinute, Timing } from '../../domain/metrics/merge-minutes.ts'
import { type MetricTier, metricTiers, tierFor } from '../../domain/metrics/metric-tier.ts'
import type { MetricsFilter } from '../../operations/read-metrics.ts'
import { formatDuration } from '../../std/duration.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { pastTimeOf, textFlag, wordOf } from '../read-flags.ts'
import { showTime } from '../show-time.ts'
import { type Column, writeTable } from '../table.ts'

/** Longer than any answer: all rows of a kind become one. */
const wholeSpanMs = 1e15

const timings: readonly (readonly [string, keyof Timing, number | undefined])[] = [
  ['AVG', 'averageMs', 3],
  ['P50', 'p50Ms', undefined],
  ['P95', 'p95Ms', 2],
  ['P99', 'p99Ms', undefined],
  ['MAX', 'maxMs', 1],
]

/** `stellwerk metrics`: counts, waiting and running times by minute, hour or day, queue, type and outcome. */
export const metricsCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--since <time>', "from then: ISO 8601, or '30m' for half an hour ago", '1h')
      .option('--until <time>', 'to then; now where nothing is said')
      .option('--queue <name>', 'only this queue')
      .option('--type <name>', 'only this type')
      .option('--by <length>', 'a row per minute, hour or day (UTC); by the length of the time where nothing is said')
      .option('--total', 'one row for the whole time in place of one per minute, hour or day')
      .addHelpText(
        'after',
        '\nTimes: WAIT is from when a job could start to when it did, RUN is its handler. Quantiles are within 1 %.\nMinutes are kept 48 hours, hours 90 days, days 5 years; up to 3 hours are shown by minute, up to 7 days by hour.\n\nExamples:\n  stellwerk metrics --total\n  stellwerk metrics --since 10m --type send-email --json\n  stellwerk metrics --since 30d --by day',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const { output } = invocation
      const total = invocation.flags['total'] === true
      const wanted = wantedOf(invocation.flags, await stellwerk.now())
      const rows = await stellwerk.metrics({ ...wanted, ...(total && { spanMs: wholeSpanMs }) })
      if (output.json)
        output.value({
          from: new Date(wanted.from).toISOString(),
          by: wanted.by,
          rows: rows.map((row) => ({ ...row, minute: total ? null : new Date(row.minute).toISOString() })),
        })
      else if (rows.length === 0) output.note('no job has ended in that time')
      else writeTable(output, total ? columns : [startColumn(wanted.by), ...columns], rows)
      return 0
    }),
}

type Wanted = MetricsFilter & { readonly from: number; readonly by: MetricTier }

function wantedOf(flags: Invocation['flags'], now: number): Wanted {
  const [since = '1h', until, queue, type, by] = ['since', 'until', 'queue', 'type', 'by'].map((key) =>
    textFlag(flags, key),
  )
  const from = pastTimeOf('--since', since, now)
  const to = until === undefined ? now + 60_000 : pastTimeOf('--until', until, now)
  return {
    from,
    to,
    by: by === undefined ? tierFor(to - from) : wordOf('--by', by, metricTiers),
    ...(queue !== undefined && { queue }),
    ...(type !== undefined && { type }),
  }
}

/** Minutes and hours in local time; a day is a UTC day, so it is named as such. */
function startColumn(by: MetricTier): Column<MergedMinute> {
  const shown = ({ minute }: MergedMinute): string =>
    by === 'day' ? new Date(minute).toISOString().slice(0, 10) : showTime(minute).slice(5, 16)
  return { header: by === 'day' ? 'DAY (UTC)' : by.toUpperCase(), text: shown }
}

const columns: readonly Column<MergedMinute>[] = [
  { header: 'QUEUE', text: ({ queue }) => queue, shrinks: true },
  { header: 'TYPE', text: ({ type }) => type, shrinks: true },
  {
    header: 'OUTCOME',
    text: ({ outcome }) => outcome,
    colour: ({ outcome }) => (outcome === 'failed' ? 'red' : outcome === 'retrying' ? 'yellow' : 'green'),
  },
  { header: 'COUNT', text: ({ count }) => String(count), align: 'right' },
  ...timingColumns('WAIT', ({ wait }) => wait),
  ...timingColumns('RUN', ({ run }) => run),
]

function timingColumns(name: string, of: (row: MergedMinute) => Timing): readonly Column<MergedMinute>[] {
  return timings.map(([header, key, spare]) => ({
    header: `${name} ${header}`,
    text: (row) => shortTime(of(row)[key]),
    align: 'right' as const,
    ...(spare !== undefined && { spare }),
  }))
}

/** Below a second with its tenths where they matter. */
function shortTime(ms: number): string {
  return ms < 10 ? `${Math.round(ms * 10) / 10}ms` : formatDuration(ms)
}
