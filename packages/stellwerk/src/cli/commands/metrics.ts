import type { MergedMinute, Timing } from '../../domain/metrics/merge-minutes.ts'
import { formatDuration } from '../../std/duration.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { pastTimeOf, textFlag } from '../read-flags.ts'
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

/** `stellwerk metrics`: counts, waiting and running times by minute, queue, type and outcome. */
export const metricsCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--since <time>', "from then: ISO 8601, or '30m' for half an hour ago", '1h')
      .option('--until <time>', 'to then; now where nothing is said')
      .option('--queue <name>', 'only this queue')
      .option('--type <name>', 'only this type')
      .option('--total', 'one row for the whole time in place of one a minute')
      .addHelpText(
        'after',
        '\nTimes: WAIT is from when a job could start to when it did, RUN is its handler. Quantiles are within 1 %.\n\nExamples:\n  stellwerk metrics --total\n  stellwerk metrics --since 10m --type send-email --json',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const { flags, output } = invocation
      const [since = '1h', until, queue, type] = ['since', 'until', 'queue', 'type'].map((key) => textFlag(flags, key))
      const now = await stellwerk.now()
      const total = flags['total'] === true
      const from = pastTimeOf('--since', since, now)
      const rows = await stellwerk.metrics({
        from,
        ...(until !== undefined && { to: pastTimeOf('--until', until, now) }),
        ...(queue !== undefined && { queue }),
        ...(type !== undefined && { type }),
        ...(total && { spanMs: wholeSpanMs }),
      })
      if (output.json)
        output.value({
          from: new Date(from).toISOString(),
          rows: rows.map((row) => ({ ...row, minute: total ? null : new Date(row.minute).toISOString() })),
        })
      else if (rows.length === 0) output.note('no job has ended in that time')
      else writeTable(output, total ? columns.slice(1) : columns, rows)
      return 0
    }),
}

const columns: readonly Column<MergedMinute>[] = [
  { header: 'MINUTE', text: ({ minute }) => showTime(minute).slice(5, 16) },
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
