import type { RunTotal } from '../domain/metrics/run-totals.ts'
import type { Tally } from '../domain/metrics/tally.ts'

/** What a scrape shows. */
export interface Scrape {
  readonly version: string
  readonly tallies: readonly Tally[]
  readonly totals: readonly RunTotal[]
  readonly stations: { readonly alive: number; readonly lost: number; readonly capacity: number }
  readonly oldestWaits: readonly { readonly queue: string; readonly waitMs: number }[]
}

type Labels = Readonly<Record<string, string>>

interface Sample {
  /** Behind the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string
  readonly labels: Labels
  readonly value: number
}

interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter' | 'histogram'
  readonly samples: readonly Sample[]
}

/** Upper bounds of the histograms, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600]

/** The media type of {@link prometheusText}. */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8'

/** A scrape in the text format 0.0.4 of Prometheus. Pure. */
export function prometheusText(scrape: Scrape): string {
  return families(scrape).map(toText).join('')
}

function families({ version, tallies, totals, stations, oldestWaits }: Scrape): readonly Family[] {
  return [
    {
      name: 'stellwerk_build_info',
      help: 'Version of the process that answers.',
      type: 'gauge',
      samples: [{ labels: { version }, value: 1 }],
    },
    {
      name: 'stellwerk_jobs',
      help: 'Jobs by queue, type and state.',
      type: 'gauge',
      samples: tallies.map(({ queue, type, state, count }) => ({ labels: { queue, type, state }, value: count })),
    },
    {
      name: 'stellwerk_oldest_wait_seconds',
      help: 'How long the longest waiting ready job of a queue waits; 0 where none does.',
      type: 'gauge',
      samples: oldestWaits.map(({ queue, waitMs }) => ({ labels: { queue }, value: waitMs / 1_000 })),
    },
    {
      name: 'stellwerk_stations',
      help: 'Stations by state.',
      type: 'gauge',
      samples: [
        { labels: { state: 'alive' }, value: stations.alive },
        { labels: { state: 'lost' }, value: stations.lost },
      ],
    },
    {
      name: 'stellwerk_station_capacity',
      help: 'Jobs that live stations run side by side.',
      type: 'gauge',
      samples: [{ labels: {}, value: stations.capacity }],
    },
    {
      name: 'stellwerk_runs_total',
      help: 'Runs that ended, by outcome; retrying: failed and tried again. Counted since about an hour before the first scrape.',
      type: 'counter',
      samples: totals.flatMap(({ queue, type, ended }) =>
        Object.entries(ended).map(([outcome, value]) => ({ labels: { queue, type, outcome }, value })),
      ),
    },
    histogram(
      'stellwerk_wait_duration_seconds',
      'From when a job could start to when it did.',
      totals.map((total) => ({ ...total, sketch: total.wait, sumMs: total.waitSumMs })),
    ),
    histogram(
      'stellwerk_run_duration_seconds',
      'How long handlers ran.',
      totals.map((total) => ({ ...total, sketch: total.run, sumMs: total.runSumMs })),
    ),
  ]
}

interface Distribution extends Pick<RunTotal, 'queue' | 'type'> {
  readonly sketch: RunTotal['run']
  readonly sumMs: number
}

/** Buckets are told from sketches: each bound is met within 1 %. */
function histogram(name: string, help: string, of: readonly Distribution[]): Family {
  const samples = of.flatMap(({ queue, type, sketch, sumMs }): readonly Sample[] => [
    ...bounds.map((bound) => ({
      suffix: '_bucket',
      labels: { queue, type, le: String(bound) },
      value: sketch.countAtMost(bound * 1_000),
    })),
    { suffix: '_bucket', labels: { queue, type, le: '+Inf' }, value: sketch.count },
    { suffix: '_sum', labels: { queue, type }, value: sumMs / 1_000 },
    { suffix: '_count', labels: { queue, type }, value: sketch.count },
  ])
  return { name, help, type: 'histogram', samples }
}

function toText({ name, help, type, samples }: Family): string {
  const lines = samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labelText(labels)} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** The three characters that would end a label's value or its line. */
function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
