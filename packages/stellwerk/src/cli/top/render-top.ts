import type { JobSummary } from '../../domain/job/job-record.ts'
import type { QueueOverview } from '../../operations/list-queues.ts'
import type { WorkerView } from '../../operations/list-workers.ts'
import { displayWidth, fitWidth } from '../../std/display-width.ts'
import { formatDuration } from '../../std/duration.ts'
import { formatSize } from '../../std/size.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { Colour, Output } from '../output.ts'
import { showTime } from '../show-time.ts'
import { workerColour } from '../worker-colour.ts'
import { rowKeys, type Section, sections, selectedRow, type TopReading, type TopView } from './top-view.ts'

/** How large the terminal is, and how it is painted. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly paint: Output['paint']
}

/** A cell: its text, the columns it takes (0: what is left), to the right or not, and its colour. */
type Cell = readonly [text: string, width: number, align?: 'right' | '', colour?: Colour | null]

const leastRows = 1
const restRows = 3
/** From so many columns on there is room for everything. */
const wide = 100
const keysOf: Readonly<Record<Section, string>> = {
  queues: 'p pause/resume',
  workers: 'p pause/resume  s stop  R restart',
  running: 'c cancel',
  failures: 'r retry',
}

/** One picture: exactly `height` lines, none wider than `width`. Pure. */
export function renderTop(reading: TopReading, view: TopView, frame: Frame): readonly string[] {
  const { width, height, paint } = frame
  const room = Math.max(sections.length * (1 + leastRows), height - 3)
  const rows = shareRows(reading, view, room - sections.length)
  const body = sections.flatMap((section) => [
    titleOf(section, reading, { view, frame }),
    ...rowsOf(section, reading, { view, frame, rows: rows[section] }),
  ])
  const keys = `${keysOf[view.section]}  M maintenance  1-4 tab  ↑↓ select  space ${view.isFrozen ? 'go on' : 'freeze'}  q quit`
  const foot =
    view.asked === null
      ? paint('dim', shorten(keys, width))
      : paint('yellow', shorten(`${view.asked.question} [y/N]`, width))
  const lines = [...headOf(reading, view, frame), ...body.slice(0, height - 3)]
  while (lines.length < height - 1) lines.push('')
  return [...lines.slice(0, Math.max(0, height - 1)), foot].slice(-height)
}

/** Each gets up to three rows, the one looked at what it needs of the rest, and the others what it leaves. */
function shareRows(reading: TopReading, view: TopView, room: number): Readonly<Record<Section, number>> {
  const needed = (section: Section): number => Math.max(leastRows, rowKeys(reading, section).length)
  const most = Math.max(leastRows, Math.min(restRows, Math.floor(room / sections.length)))
  const rows: Record<Section, number> = { queues: 0, workers: 0, running: 0, failures: 0 }
  for (const section of sections) rows[section] = Math.min(needed(section), most)
  let left = room - sections.reduce((sum, section) => sum + rows[section], 0)
  for (const section of [view.section, ...sections]) {
    const more = Math.max(0, Math.min(left, needed(section) - rows[section]))
    rows[section] += more
    left -= more
  }
  return rows
}

function headOf({ overview, workers }: TopReading, view: TopView, { width, paint }: Frame): readonly string[] {
  const { verdict, vitals, now } = overview
  const { statistics } = workers
  const colours = { quiet: 'green', attention: 'yellow', degraded: 'red', down: 'red' } as const
  const figures = [
    `${pace(vitals.throughputPerMinute)}/min`,
    `wait ${vitals.oldestWaitMs === null ? '-' : formatDuration(vitals.oldestWaitMs)}`,
    `workers ${statistics.healthy}/${statistics.total}`,
    `jobs ${statistics.running}/${statistics.capacity}`,
    showTime(now).slice(11),
  ].join('  ')
  const room = width - displayWidth(verdict.state) - 2
  const first = `${paint(colours[verdict.state], verdict.state)}  ${shorten(figures, room)}`
  const [reason] = verdict.reasons
  const second = view.said ?? reason?.detail ?? ''
  return [first, paint(view.said === null ? 'dim' : 'bold', shorten(second, width))]
}

interface Place {
  readonly view: TopView
  readonly frame: Frame
}

function titleOf(section: Section, reading: TopReading, { view, frame }: Place): string {
  const count = rowKeys(reading, section).length
  const name = `${sections.indexOf(section) + 1} ${section.toUpperCase()} ${count}`
  const title = shorten(`${name}  ${headers[section]}`, frame.width)
  return frame.paint(section === view.section ? 'bold' : 'dim', title)
}

const headers: Readonly<Record<Section, string>> = {
  queues: 'waiting, running, failed; a minute; oldest wait',
  workers: 'jobs, memory, CPU, a minute',
  running: 'for how long, on what',
  failures: 'what failed last, and why',
}

function rowsOf(
  section: Section,
  reading: TopReading,
  { view, frame, rows }: Place & { readonly rows: number },
): readonly string[] {
  const cells = cellsOf(section, reading, frame.width)
  if (cells.length === 0) return [frame.paint('dim', shorten('  none', frame.width))]
  const selected = selectedRow(rowKeys(reading, section), view, section)
  const from = Math.max(0, Math.min(selected - rows + 1, cells.length - rows))
  return cells.slice(from, from + rows).map((line, at) => {
    const isSelected = section === view.section && from + at === selected
    return lineOf(line, isSelected ? '> ' : '  ', frame)
  })
}

function cellsOf(section: Section, { overview, workers }: TopReading, width: number): readonly (readonly Cell[])[] {
  if (section === 'queues') return overview.queues.map(queueCells)
  if (section === 'workers') return workers.workers.map((worker) => workerCells(worker, width >= wide))
  if (section === 'running') return overview.running.map((job) => runningCells(job, overview.now))
  return overview.failures.map(failureCells)
}

function queueCells({
  queue,
  counts,
  paused,
  status,
  throughputPerMinute,
  oldestWaitMs,
}: QueueOverview): readonly Cell[] {
  const shown = paused === null ? status : 'paused'
  const colour = shown === 'stuck' ? 'red' : shown === 'paused' ? 'yellow' : shown === 'idle' ? 'dim' : 'green'
  return [
    [queue, 0],
    [shown, 7, '', colour],
    [String(counts.pending), 8, 'right'],
    [String(counts.processing), 6, 'right'],
    [String(counts.failed), 6, 'right', counts.failed > 0 ? 'red' : 'dim'],
    [`${pace(throughputPerMinute)}/min`, 10, 'right'],
    [oldestWaitMs === null ? '' : formatDuration(oldestWaitMs), 7, 'right'],
  ]
}

function workerCells(worker: WorkerView, isWide: boolean): readonly Cell[] {
  const uptime: Cell = [formatDuration(worker.uptimeMs), 6, 'right']
  return [
    [worker.id, 18],
    [worker.pool, 0],
    [worker.status, 8, '', workerColour(worker.status)],
    [`${worker.runningCount}/${worker.concurrency}`, 7, 'right'],
    [formatSize(worker.memoryBytes), 8, 'right'],
    [`${Math.round(worker.cpuPercent)} %`, 6, 'right', worker.ailments.length > 0 ? 'red' : null],
    [`${pace(worker.throughputPerMinute)}/min`, 9, 'right'],
    ...(isWide ? [uptime] : []),
  ]
}

function runningCells({ id, type, queue, claimedAt, progress }: JobSummary, now: number): readonly Cell[] {
  return [
    [String(id), 10],
    [type, 0],
    [queue, 16],
    [progress === null ? '' : `${Math.round(progress)} %`, 5, 'right'],
    [formatDuration(Math.max(0, now - (claimedAt ?? now))), 7, 'right'],
  ]
}

function failureCells({ id, type, errorMessage, finishedAt }: JobSummary): readonly Cell[] {
  return [
    [String(id), 10],
    [type, 16],
    [errorMessage ?? '', 0, '', 'red'],
    [finishedAt === null ? '' : showTime(finishedAt).slice(11), 8, 'right'],
  ]
}

function lineOf(cells: readonly Cell[], mark: string, { width, paint }: Frame): string {
  const fixed = cells.reduce((sum, [, own]) => sum + own, 0) + mark.length + 2 * (cells.length - 1)
  const free = Math.max(3, width - fixed)
  const parts = cells.map(([text, own, align, colour]) => {
    const room = own === 0 ? free : own
    const fitted = shorten(text, room)
    const space = ' '.repeat(Math.max(0, room - displayWidth(fitted)))
    const cell = align === 'right' ? space + fitted : fitted + space
    return colour === undefined || colour === null ? cell : paint(colour, cell)
  })
  return `${mark === '> ' ? paint('bold', mark) : mark}${parts.join('  ')}`
}

function shorten(text: string, width: number): string {
  return fitWidth(safeLine(text), Math.max(0, width))
}

function pace(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10)
}
