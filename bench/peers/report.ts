import type { MachineFacts } from '../machine-facts.ts'
import { type Candidate, candidates } from './candidates.ts'
import type { Comparison, FigureRow, LimitRow, Measure, RatioRow } from './compare-runs.ts'
import { markdownTable } from './markdown-table.ts'
import type { PeersOptions } from './peers-options.ts'
import type { Run } from './run-in-turn.ts'
import type { PeerScenario } from './run-result.ts'

/** What a report is made of. */
export interface ReportInput {
  readonly comparison: Comparison
  readonly runs: readonly Run[]
  readonly options: PeersOptions
}

/** What stands above the figures: where and when they were taken. */
export interface ReportOccasion {
  readonly machine: MachineFacts
  /** ISO 8601, the day is enough. */
  readonly date: string
  readonly command: string
}

const scenarioTitles: Readonly<Record<PeerScenario, string>> = {
  drain: 'Drain of waiting no-op jobs, jobs per second',
  'enqueue-bulk': 'Bulk enqueue, jobs per second',
  'enqueue-single': 'Single enqueues by callers side by side, jobs per second',
  latency: 'From the enqueue to the start of the handler, idle, milliseconds',
}

const busy =
  '- **The machine was busy with other work**: the figures are low for all, and only ratios that are far from 1 mean something.'

/** The figures and ratios of a run as Markdown. */
export function figuresReport({ comparison, options }: ReportInput): string {
  const parts = options.scenarios.flatMap((scenario) => [
    `### ${scenarioTitles[scenario]}`,
    figuresTable(comparison.figures.filter(({ measure }) => measure.scenario === scenario)),
    ...ratiosOf(comparison.ratios.filter(({ measure }) => measure.scenario === scenario)),
  ])
  const limits = comparison.limits.length > 0 ? [limitsTable(comparison.limits)] : []
  return [...parts, ...limits, '### Where a peer is better', betterPeers(comparison.ratios)].join('\n\n')
}

/** The whole of what stands between the markers of docs/benchmarks.md. */
export function benchmarksReport(input: ReportInput, { machine, date, command }: ReportOccasion): string {
  const { options } = input
  const rounds = `${options.rounds} rounds, ${options.jobs.toLocaleString('en')} jobs, concurrency ${options.concurrency}, ${options.callers} callers, chunks of ${options.chunk.toLocaleString('en')}, ${options.samples} samples of the latency`
  const occasion = [
    `- **Machine**: ${machine.cores} cores of ${machine.cpu}, ${machine.memory_gb} GB of memory, ${machine.platform}, Node ${machine.node}; load average before the run ${machine.load_before}`,
    `- **Date**: ${date}`,
    `- **Command**: \`${command}\``,
    `- **Work**: ${rounds}`,
    ...(machine.load_before > machine.cores / 2 ? [busy] : []),
  ]
  const sections = ['## What ran', occasion.join('\n'), versionsTable(input), '## Figures', figuresReport(input)]
  return [...sections, '## What each keeps', keepsTable(options.candidates)].join('\n\n')
}

function figuresTable(rows: readonly FigureRow[]): string {
  const named = rows.map(({ candidate, measure, spread: { median, min, max } }) => [
    labelled(titleOf(candidate), measure),
    ...[median, min, max].map((figure) => figure.toLocaleString('en')),
  ])
  return markdownTable(['', 'median', 'min', 'max'], named)
}

function ratiosOf(rows: readonly RatioRow[]): readonly string[] {
  if (rows.length === 0) return []
  const named = rows.map(({ measure, ours, peer, spread: { median, min, max }, target }) => [
    labelled(`${titleOf(ours)} : ${titleOf(peer)}`, measure),
    ...[median, min, max].map((ratio) => ratio.toFixed(2)),
    target === null ? '' : `>= ${target}: ${verdict(median >= target)}`,
  ])
  return [markdownTable(['times better in the same round', 'median', 'min', 'max', 'target'], named)]
}

function limitsTable(rows: readonly LimitRow[]): string {
  const named = rows.map(({ measure, ours, medianMs, atMostMs }) => [
    labelled(titleOf(ours), measure),
    String(medianMs),
    `<= ${atMostMs}: ${verdict(medianMs <= atMostMs)}`,
  ])
  return markdownTable(['milliseconds', 'median', 'target'], named)
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : '**not reached**'
}

/** One line for each pair in which the peer's median was ahead. */
function betterPeers(rows: readonly RatioRow[]): string {
  const behind = rows.filter(({ spread }) => spread.median < 1)
  if (behind.length === 0) return 'In none of these scenarios.'
  return behind
    .map(({ measure, ours, peer, spread }) => {
      const times = (1 / spread.median).toFixed(2)
      return `- ${labelled(scenarioTitles[measure.scenario], measure)}: ${titleOf(peer)} is ${times} times better than ${titleOf(ours)}.`
    })
    .join('\n')
}

function versionsTable({ runs, options }: ReportInput): string {
  const rows = options.candidates.map(({ name, title, settings }) => {
    const { version = '', ...server } = runs.find(({ candidate }) => candidate === name)?.facts ?? {}
    const facts = Object.entries(server).map(([fact, value]) => `${fact} ${value}`)
    return [title, version, facts.join(', '), settings]
  })
  return markdownTable(['', 'version', 'server and its settings', 'settings'], rows)
}

function keepsTable(measured: readonly Candidate[]): string {
  const rows = measured.map(({ title, keeps, durable }) => [title, keeps, durable])
  return markdownTable(['', 'of a completed job', 'what survives a crash of the machine'], rows)
}

function titleOf(name: string): string {
  return candidates.find((candidate) => candidate.name === name)?.title ?? name
}

/** A time has two measures, so its rows say which. */
function labelled(text: string, { figure, unit }: Measure): string {
  return unit === 'ms' ? `${text}, ${figure.replace('_ms', '')}` : text
}
