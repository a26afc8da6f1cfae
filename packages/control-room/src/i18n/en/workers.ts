import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')
const workerCount = (count: number) => plural(count, { one: '# worker', other: '# workers' })
const jobCount = (count: number) => plural(count, { one: '# job', other: '# jobs' })
const goOn = (running: number) =>
  running === 0
    ? ''
    : plural(running, { one: ' # job that runs goes on to its end.', other: ' # jobs that run go on to their end.' })
const brokenOff = (running: number) =>
  running === 0
    ? ' Nothing runs now.'
    : plural(running, {
        one: ' # job that runs is broken off and goes back to its queue.',
        other: ' # jobs that run are broken off and go back to their queues.',
      })

/** The pages of workers. */
export const workers = {
  title: 'Workers',
  back: 'All workers',
  caption: (group: string) => `Workers of ${group}`,
  by: { title: 'Grouped by', pool: 'Pool', machine: 'Machine' },
  form: { title: 'Shown as', table: 'Table', grid: 'Grid' },
  column: {
    status: 'Status',
    worker: 'Worker',
    jobs: 'Jobs now',
    cpu: 'CPU',
    memory: 'Memory',
    lag: 'Loop lag',
    beat: 'Heartbeat',
    pace: 'Per minute',
    restarts: 'Restarts',
    version: 'Version',
  },
  hint: {
    cpu: 'Of one core',
    memory: 'Over the last five minutes; the top of the line is the limit',
    lag: 'How late its event loop was at most',
    pace: 'Runs that ended, over the last five minutes',
    restarts: 'Of its place in the pool',
  },
  statistics: {
    region: 'All workers in figures',
    alive: 'alive',
    pace: 'Throughput',
    meanRun: (span: string) => `mean run ${span}`,
    failed: (ratio: string) => `${ratio} failed`,
    failedOfLate: (ratio: string) => `${ratio} failed, 5\u00a0min`,
    slots: 'Jobs now',
    of: (capacity: string) => `of ${capacity}`,
    done: (done: string, failed: string) => `${done}\u00a0done, ${failed}\u00a0failed`,
    memory: 'Memory and CPU',
    cpu: (percent: string) => `CPU ${percent} of one core`,
    none: 'none',
  },
  some: {
    active: (count: number) => `${count}\u00a0active`,
    idle: (count: number) => `${count}\u00a0idle`,
    starting: (count: number) => `${count}\u00a0starting`,
    paused: (count: number) => `${count}\u00a0paused`,
    draining: (count: number) => `${count}\u00a0leaving`,
    failed: (count: number) => `${count}\u00a0failed`,
    lost: (count: number) => `${count}\u00a0lost`,
    stopped: (count: number) => `${count}\u00a0stopped`,
  },
  ailments: {
    lost: 'its station is lost',
    ended: 'it has ended',
    heartbeat_old: 'heartbeat too old',
    cpu_high: 'CPU too high',
  },
  healthy: 'Healthy',
  asOf: (time: string) => `as\u00a0of\u00a0${time}`,
  pid: (pid: number) => `pid ${pid}`,
  version: (version: string) => `version ${version}`,
  limit: (limit: string) => `of ${limit}`,
  memoryLine: (id: string) => `Memory of ${id} over the last minutes`,
  slots: (running: string, capacity: string) => `${running} of ${capacity} slots in use`,
  moreJobs: (count: number) => `and ${count} more`,
  processes: (wanted: number, min: number, max: number) =>
    `${plural(wanted, { one: '# process', other: '# processes' })}${min === max ? '' : ` · ${min} to ${max} allowed`}`,
  stoppedPool: (min: number, max: number) => `stopped · ${min === max ? max : `${min} to ${max}`} allowed`,
  inline: 'runs inside its station',
  noWorkers: 'No worker runs here.',
  reportsNone: 'This station reports no workers: it runs an older version.',
  total: (count: number) => workerCount(count),
  showAll: (count: number) => `Show all ${workerCount(count)}`,
  past: 'Stopped stations',
  showPast: (count: number) => plural(count, { one: 'Show # stopped station', other: 'Show # stopped stations' }),
  hidePast: 'Hide stopped stations',
  empty: 'No worker has reported',
  emptyHint: 'Workers run your jobs. Start a station in the folder of your configuration; it starts its workers:',
  command: 'npx stellwerk work',
  unfed: (queues: string) => `No job was ever dispatched to: ${queues} (named by a pool; a typing error?)`,
  missing: (id: string) => `There is no worker ${id}`,
  missingHint: 'Workers of stations that ended are shown for a day. A worker that was started again has a new id.',
  gone: 'This worker is gone.',
  goneHint: 'What you see is the last it said.',
  running: 'Jobs now',
  runningNone: 'It runs nothing now.',
  runningLost: 'It is lost: what it ran goes back to its queue.',
  runningHidden: (count: number) => `${jobCount(count)}, which your role may not see.`,
  runningFirst: (shown: number, all: number) => `${shown} of ${all}`,
  job: 'Job',
  queue: 'Queue',
  since: 'Running for',
  facts: {
    title: 'Facts',
    pool: 'Pool',
    machine: 'Machine',
    station: 'Station',
    process: 'Process',
    queues: 'Queues',
    types: 'Job types',
    started: 'Started',
    uptime: 'Uptime',
    beat: 'Heartbeat',
    version: 'Version',
    errors: 'Failure rate, 5\u00a0min',
    bytesIn: 'Received',
    bytesOut: 'Sent',
    restarts: 'Restarts',
    lastExit: 'The one before it',
    all: 'All',
  },
  exitOf: (reason: string, code: number | null, signal: string | null) =>
    `${reason}${code === null ? '' : ` (exit code ${code})`}${signal === null ? '' : ` (${signal})`}`,
  orders: {
    title: 'Orders',
    note: 'Last 24 hours, newest first',
    none: 'No orders in the last 24 hours.',
    toAll: 'Orders to all',
    more: (target: string) => `Orders for ${target}`,
    kind: {
      start: 'Start',
      stop: 'Stop',
      stop_now: 'Stop now',
      restart: 'Restart',
      pause: 'Pause',
      resume: 'Resume',
      scale: 'Scale',
      cancel_job: 'Cancel job',
    },
    state: { pending: 'Pending', done: 'Done', refused: 'Refused', expired: 'Expired' },
    ordered: {
      start: 'Start ordered',
      stop: 'Stop ordered',
      stop_now: 'Stop now ordered',
      restart: 'Restart ordered',
      pause: 'Pause ordered',
      resume: 'Resume ordered',
      scale: 'Scale ordered',
      cancel_job: 'Cancel job ordered',
    },
    cancelling: 'being cancelled',
    by: (name: string) => `by ${name}`,
    answer: 'Answer of the station:',
    expired: 'Nobody answered in time.',
    answered: (kind: string, target: string) => `${kind}: done for ${target}.`,
    refused: (kind: string, target: string) => `${kind} was refused for ${target}:`,
    given: (count: number) =>
      plural(count, {
        one: 'Told # station. It answers in a moment.',
        other: 'Told # stations. They answer in a moment.',
      }),
    target: {
      worker: (id: string) => `worker ${id}`,
      pool: (name: string) => `pool ${name}`,
      poolOf: (name: string, machine: string) => `pool ${name} on ${machine}`,
      station: (machine: string) => `the station on ${machine}`,
      all: 'all workers',
      job: (id: string) => `job ${id}`,
    },
    told: {
      start: (target: string, processes: number | null) =>
        processes === null
          ? `Start ${target}`
          : `Start ${target} with ${plural(processes, { one: '# process', other: '# processes' })}`,
      stop: (target: string) => `Stop ${target}`,
      stop_now: (target: string) => `Stop ${target} now`,
      restart: (target: string) => `Restart ${target}`,
      pause: (target: string) => `Pause ${target}`,
      resume: (target: string) => `Resume ${target}`,
      scale: (target: string, processes: number | null) => `Scale ${target} to ${processes}`,
      cancel_job: (target: string) => `Cancel ${target}`,
    },
    ask: {
      start: (target: string) => `Start ${target}?`,
      stop: (target: string) => `Stop ${target}?`,
      stop_now: (target: string) => `Stop ${target} now?`,
      restart: (target: string) => `Restart ${target}?`,
      pause: (target: string) => `Pause ${target}?`,
      resume: (target: string) => `Resume ${target}?`,
      scale: (target: string) => `Scale ${target}`,
    },
    means: {
      start: () => 'It starts as many processes as you say, within what the configuration of its machine allows.',
      stop: (count: number, running: number) =>
        `${workerCount(count)} will take no more jobs and leave, and nobody takes their place until somebody starts or scales the pool.${goOn(running)}`,
      stop_now: (count: number, running: number) =>
        `${workerCount(count)} will be ended at once, and nobody takes their place until somebody starts or scales the pool.${brokenOff(running)}`,
      stopStation: (count: number, running: number) =>
        `The station itself ends with its ${workerCount(count)}: from here it cannot be started again, only on its machine.${goOn(running)}`,
      stopStationNow: (count: number, running: number) =>
        `The station itself ends at once with its ${workerCount(count)}: from here it cannot be started again, only on its machine.${brokenOff(running)}`,
      restart: (count: number, running: number) =>
        `A new process takes the place of each of ${workerCount(count)}.${goOn(running)}`,
      pause: (count: number, running: number) =>
        `${workerCount(count)} will take no jobs until somebody resumes them.${goOn(running)}`,
      resume: (count: number) => `${workerCount(count)} will take jobs again.`,
      scale: () => 'Further processes are started, or those too many end what they run and leave.',
    },
    processes: 'Processes',
    processesHint: (min: number, max: number, stations: number) =>
      `${min} to ${max}, as the configuration allows${stations > 1 ? plural(stations, { one: '', other: '; on each of # machines' }) : ''}`,
    processesWrong: (min: number, max: number) => `Give a whole number from ${min} to ${max}.`,
  },
}
