import type { WorkerStatistics } from '../../domain/worker/worker-statistics.ts'
import { findWorker } from '../../operations/find-worker.ts'
import { listWorkers, type WorkersReading, type WorkerView } from '../../operations/list-workers.ts'
import { workerStatistics } from '../../operations/worker-statistics.ts'
import { formatDuration } from '../../std/duration.ts'
import { formatSize } from '../../std/size.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type Project, withProject } from '../open-project.ts'
import type { Output } from '../output.ts'
import { showTime } from '../show-time.ts'
import { type Column, writeFacts, writeTable } from '../table.ts'
import { toJson } from '../to-json.ts'
import { workerColour } from '../worker-colour.ts'

const columns: readonly Column<WorkerView>[] = [
  { header: 'WORKER', text: ({ id }) => id },
  { header: 'POOL', text: ({ pool }) => pool, shrinks: true },
  { header: 'STATUS', text: ({ status }) => status, colour: ({ status }) => workerColour(status) },
  {
    header: 'HEALTH',
    text: ({ ailments }) => ailments[0]?.code.replaceAll('_', ' ') ?? 'ok',
    colour: ({ ailments }) => (ailments.length > 0 ? 'red' : null),
    spare: 1,
  },
  { header: 'JOBS', text: ({ runningCount, concurrency }) => `${runningCount}/${concurrency}`, align: 'right' },
  { header: 'MEMORY', text: ({ memoryBytes }) => formatSize(memoryBytes), align: 'right' },
  { header: 'CPU %', text: ({ cpuPercent }) => String(Math.round(cpuPercent)), align: 'right' },
  {
    header: '/MIN',
    text: ({ throughputPerMinute }) => String(Math.round(throughputPerMinute * 10) / 10),
    align: 'right',
    spare: 2,
  },
  { header: 'UP', text: ({ uptimeMs }) => formatDuration(uptimeMs), align: 'right', spare: 3 },
  { header: 'BEAT', text: ({ beatAgeMs }) => `${formatDuration(beatAgeMs)} ago`, align: 'right', spare: 4 },
  { header: 'RESTARTS', text: ({ restarts }) => String(restarts), align: 'right', spare: 5 },
]

/** Where a label is not its own, a station is told by its id. */
function hostColumn({ stations }: WorkersReading): Column<WorkerView> {
  const shared = new Set(stations.flatMap(({ id, sharesLabel }) => (sharesLabel ? [id] : [])))
  return {
    header: 'HOST',
    text: ({ host, label, stationId }) =>
      label !== null && shared.has(stationId) ? `${label} (${stationId.slice(0, 8)})` : (label ?? host),
    shrinks: true,
    spare: 6,
  }
}

/** `stellwerk workers`, `workers ID`, `workers --stats`: who works, how they are, and what they did. */
export const workersCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('[id]', 'one worker, whole')
      .option('--stats', 'all workers in figures')
      .addHelpText(
        'after',
        '\n/MIN, run times and errors are of the last 5 minutes. HEALTH: a heartbeat younger than 2 minutes and less than 95 % of a core are ok.\n\nExamples:\n  stellwerk workers\n  stellwerk workers --stats\n  stellwerk workers w_0123456789abcdef',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) => {
      if (invocation.flags['stats'] === true) return showStatistics(invocation, project)
      return invocation.operands[0] === undefined ? showAll(invocation, project) : showOne(invocation, project)
    }),
}

async function showAll({ output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const reading = await listWorkers(stellwerk.deps())
  const { workers, pools, stations, statistics, unfedQueues, orders } = reading
  if (output.json) {
    const value = {
      workers: workers.map(workerJson),
      pools,
      stations: stations.map(toJson),
      statistics,
      unfedQueues,
      orders: orders.map(toJson),
    }
    output.value(value)
    return 0
  }
  if (workers.length === 0) output.note("no worker has reported; start a station with 'stellwerk work'")
  else writeTable(output, [...columns, hostColumn(reading)], workers)
  for (const note of notesOf(reading)) output.note(safeLine(note))
  return 0
}

function notesOf({ stations, orders, unfedQueues }: WorkersReading): readonly string[] {
  const shared = new Set(stations.filter(({ sharesLabel }) => sharesLabel).map(({ label }) => label))
  return [
    ...[...shared].map((label) => `several live stations have the label '${label}'; orders name one of them by its id`),
    ...unfedQueues.map((queue) => `no job of queue '${queue}', which a pool names, is on record`),
    ...(orders.length === 0 ? [] : [`${orders.length} orders have no answer yet`]),
  ]
}

async function showStatistics({ output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const statistics = await workerStatistics(stellwerk.deps())
  if (output.json) output.value(statistics)
  else writeFacts(output, factsOfAll(statistics))
  return 0
}

function factsOfAll(all: WorkerStatistics): readonly (readonly [string, string | null])[] {
  return [
    ['workers', `${all.total}, ${all.healthy} healthy`],
    ['active', String(all.active)],
    ['idle', String(all.idle)],
    ['paused', String(all.paused)],
    ['starting', all.starting === 0 ? null : String(all.starting)],
    ['draining', all.draining === 0 ? null : String(all.draining)],
    ['failed', String(all.failed)],
    ['lost', String(all.lost)],
    ['jobs', `${all.running} of ${all.capacity} running, ${all.jobsDone} done, ${all.jobsFailed} failed`],
    ['pace', `${Math.round(all.throughputPerMinute * 10) / 10} jobs a minute`],
    ['run time', all.meanRunMs === null ? null : `${formatDuration(all.meanRunMs)} on average`],
    ['errors', all.errorRatio === null ? null : `${Math.round(all.errorRatio * 1_000) / 10} %`],
    ['memory', formatSize(all.memoryBytes)],
    ['CPU', `${Math.round(all.cpuPercent)} % of a core`],
  ]
}

async function showOne({ operands, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const { now, worker, orders } = await findWorker(stellwerk.deps(), operands[0] ?? '')
  if (output.json) {
    output.value({ ...workerJson(worker), orders: orders.map(toJson) })
    return 0
  }
  output.line(
    `${output.paint('bold', worker.id)}  ${output.paint(workerColour(worker.status) ?? 'bold', worker.status)}`,
  )
  writeFacts(output, factsOf(worker))
  writeRunning(output, worker, now)
  for (const { kind, state, byName, givenAt, answer } of orders)
    output.line(safeLine(`${showTime(givenAt)}  ${kind} by ${byName}: ${state}${answer === null ? '' : `, ${answer}`}`))
  return 0
}

function factsOf(worker: WorkerView): readonly (readonly [string, string | null])[] {
  const { lastExit: exit, memoryLimitBytes: limit } = worker
  return [
    ['health', worker.ailments.map(({ detail }) => detail).join('; ') || 'ok'],
    ['pool', `${worker.pool} (${worker.kind})`],
    ['station', `${worker.stationId}${worker.label === null ? '' : ` ${worker.label}`}`],
    ['process', `${worker.pid} on ${worker.host}, version ${worker.version}`],
    ['queues', worker.queues.join(', ')],
    ['types', worker.types?.join(', ') ?? null],
    ['up', `${formatDuration(worker.uptimeMs)}, ${worker.restarts} restarts`],
    ['last exit', exit && `${showTime(exit.at)} ${exit.reason} (${exit.signal ?? `code ${exit.code}`})`],
    [
      'jobs',
      `${worker.runningCount} of ${worker.concurrency} running, ${worker.jobsDone} done, ${worker.jobsFailed} failed`,
    ],
    [
      'pace',
      `${Math.round(worker.throughputPerMinute * 10) / 10} jobs a minute, ${formatDuration(worker.meanRunMs)} each`,
    ],
    ['memory', `${formatSize(worker.memoryBytes)}${limit === null ? '' : ` of ${formatSize(limit)}`}`],
    ['CPU', `${Math.round(worker.cpuPercent)} % of a core, event loop late by ${formatDuration(worker.loopLagMs)}`],
    ['network', `${formatSize(worker.bytesIn)} in, ${formatSize(worker.bytesOut)} out`],
    ['heartbeat', `${formatDuration(worker.beatAgeMs)} ago`],
  ]
}

function writeRunning(output: Output, { running }: WorkerView, now: number): void {
  for (const { id, type, queue, startedAt } of running)
    output.line(
      safeLine(
        `job ${id}  ${type}${queue === null ? '' : `  ${queue}`}  for ${formatDuration(Math.max(0, now - startedAt))}`,
      ),
    )
}

function workerJson({ running, lastExit, ...worker }: WorkerView): object {
  return {
    ...toJson(worker),
    healthy: worker.ailments.length === 0,
    lastExit: lastExit && toJson(lastExit),
    running: running.map(toJson),
  }
}
