import { redactAddress } from '../../app/configuration/redact-address.ts'
import type { FlagValues } from '../../app/configuration/resolve-configuration.ts'
import type { SettingName } from '../../app/configuration/settings.ts'
import { traceJobs, traceRulesOf } from '../../app/log/trace-jobs.ts'
import type { WorkOptions } from '../../client/work-options.ts'
import { StellwerkError } from '../../domain/errors.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { createJobReporter } from '../job-reporter.ts'
import { addLogOptions, readLogFlags } from '../log-flags.ts'
import { type Project, resolveProject, withProject } from '../open-project.ts'
import { textFlag } from '../read-flags.ts'
import { stopOnSignals } from '../stop-on-signals.ts'
import { warnOfSetup } from '../warn-of-setup.ts'
import { workOptionsOf } from '../work-options-of.ts'

/** Options that are settings, with the key they set. */
const settingFlags: readonly (readonly [string, string, SettingName])[] = [
  ['concurrency', '--concurrency', 'concurrency'],
  ['queue', '--queue', 'queues'],
  ['grace', '--grace', 'grace'],
  ['label', '--label', 'label'],
  ['name', '--name', 'label'],
  ['executor', '--executor', 'executor'],
  ['processes', '--processes', 'processes'],
  ['min', '--min', 'min'],
  ['max', '--max', 'max'],
  ['balance', '--balance', 'balance'],
  ['timeout', '--timeout', 'defaults.timeout'],
  ['tries', '--tries', 'defaults.tries'],
  ['backoff', '--backoff', 'defaults.backoff'],
  ['memory', '--memory', 'memory'],
  ['sleep', '--sleep', 'sleep'],
  ['rest', '--rest', 'rest'],
  ['maxJobs', '--max-jobs', 'maxJobs'],
  ['maxTime', '--max-time', 'maxTime'],
  ['maxExceptions', '--max-exceptions', 'maxExceptions'],
  ['types', '--types', 'types'],
  ['minPriority', '--min-priority', 'minPriority'],
  ['reserved', '--reserved', 'reserved'],
]
/** Options without a value. */
const switches: readonly (readonly [string, string, SettingName])[] = [
  ['force', '--force', 'force'],
  ['batchOnly', '--batch-only', 'batchOnly'],
]
/** With --once the job ends by its own timeout, not by the grace of the stop that follows it. */
const longestGraceMs = 86_400_000

/** `stellwerk work`: a station with its worker processes, until a signal stops it. */
export const workCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--concurrency <number>', 'handlers at a time')
      .option('--queue <names>', "queues in strict order, 'high,default', or by weight, 'high=5,default=1'")
      .option('--grace <duration>', 'how long running handlers may go on when it stops')
      .option('--label <text>', 'name shown beside its id')
      .option('--name <text>', 'the same')
      .option('--executor <where>', "where handlers run: 'process' (worker processes) or 'inline' (this one)")
      .option('--processes <number>', 'worker processes of each pool')
      .option('--min <number>', 'fewest processes of a pool')
      .option('--max <number>', 'most processes of a pool')
      .option('--balance <kind>', 'over its queues: off, simple, auto')
      .option('--timeout <duration>', 'time limit of an attempt')
      .option('--tries <number>', 'attempts of a job in all')
      .option('--backoff <durations>', "pause before a retry: '30s', '30s,1m,2m' or '5s..1h'")
      .option('--memory <megabytes>', 'a worker process beyond this is replaced; 0 = no limit')
      .option('--sleep <duration>', 'longest pause between two looks for work')
      .option('--rest <duration>', 'pause of a process after each job')
      .option('--max-jobs <number>', 'a process is replaced after so many jobs')
      .option('--max-time <duration>', 'a process is replaced after this long')
      .option('--max-exceptions <number>', 'a process is replaced after so many thrown errors')
      .option('--types <names>', "run these job types alone, 'send-email,render'")
      .option('--min-priority <priority>', 'take jobs of this priority and above')
      .option('--reserved <priority=slots>', "keep slots for a priority and above, 'high=2'")
      .option('--batch-only', 'take members of batches alone')
      .option('--force', 'work through maintenance')
      .option('--once', 'run one job, if one is ready, and end')
      .option('--stop-when-empty', 'end when no job is ready')
      .option('-v, --verbose', 'a line per claim, start and end')
      .addHelpText(
        'after',
        [
          '',
          'Signals: TERM, INT and QUIT give back what has not started, wait the grace for what runs, give the rest back and exit 0;',
          'a second INT does not wait. USR2 replaces every worker process (an inline station stops and exits 75: start it again).',
          'TSTP pauses, CONT goes on.',
          '',
          'Examples:',
          '  stellwerk work --concurrency 20 --queue high=5,default=1',
          '  stellwerk work --stop-when-empty --verbose',
        ].join('\n'),
      )
    addLogOptions(command)
  },
  run: async (invocation) => {
    const flags = readSettingFlags(invocation)
    const { values } = await resolveProject(invocation, flags)
    // With worker processes the station itself never loads the user's modules.
    const jobs = values.executor === 'inline'
    return await withProject(invocation, { jobs, station: true, flags }, (project) => {
      refuseNoJobs(project)
      return runStation(invocation, project)
    })
  },
}

async function runStation({ flags, output }: Invocation, { stellwerk, configuration }: Project): Promise<ExitCode> {
  const { values } = configuration
  const { log } = stellwerk.deps()
  const once = flags['once'] === true
  const endsByItself = once || flags['stopWhenEmpty'] === true
  let hasStarted = (): void => {}
  const reporter = createJobReporter({
    write: (line) => output.note(line),
    verbose: flags['verbose'] === true,
    onStart: () => hasStarted(),
  })
  const trace = traceJobs(traceRulesOf(values), log, stellwerk.registry)
  const station = await stellwerk.work({
    ...(once ? onlyOnce(workOptionsOf(configuration)) : workOptionsOf(configuration)),
    onEvent: (event) => {
      reporter.onEvent(event)
      trace?.(event)
    },
  })
  if (once) hasStarted = () => void station.stop()
  const signals = stopOnSignals(station, { graceMs: values.grace, log })
  log.info('station works', {
    station: station.id,
    store: redactAddress(values.store),
    executor: values.executor,
    pools: values.pools === null ? 1 : Object.keys(values.pools).length,
    queues: values.queues,
    concurrency: once ? 1 : values.concurrency,
  })
  await warnOfSetup(stellwerk.deps(), station.id, values)
  if (endsByItself) {
    await Promise.race([station.untilIdle(), station.untilStopped()])
    await station.stop()
  }
  await station.untilStopped()
  signals.release()
  if (output.json) output.value(reporter.totals())
  log.info('station stopped', { station: station.id, ...reporter.totals() })
  if (signals.asked() === null && !endsByItself && !station.isDismissed) {
    output.note('stellwerk: the station ended by itself; the lines above say why')
    return 1
  }
  return signals.asked() === 'SIGUSR2' ? 75 : 0
}

/** One slot, of which none can be kept for others. */
function onlyOnce({ reserved: _, ...options }: WorkOptions): WorkOptions {
  return { ...options, concurrency: 1, processes: 1, grace: longestGraceMs }
}

function readSettingFlags({ flags }: Invocation): FlagValues {
  const given = settingFlags.map(([key, flag, name]) => [name, { flag, text: textFlag(flags, key) }] as const)
  const turned = switches
    .filter(([key]) => flags[key] === true)
    .map(([, flag, name]) => [name, { flag, text: 'true' }] as const)
  return {
    ...readLogFlags(flags),
    ...(Object.fromEntries([...given.filter(([, { text }]) => text !== undefined), ...turned]) as FlagValues),
  }
}

function refuseNoJobs({ stellwerk, configuration }: Project): void {
  const { executor, jobs } = configuration.values
  if (stellwerk.registry.runnable().length > 0 || (executor === 'process' && jobs.length > 0)) return
  const place = configuration.file ?? 'the configuration'
  if (jobs.length === 0)
    throw new StellwerkError(
      'JOBS_NOT_LOADED',
      `no jobs module is named; write jobs: './jobs.ts' into ${place}, or run 'stellwerk init'`,
    )
  throw new StellwerkError(
    'JOBS_NOT_LOADED',
    `no job of ${jobs.join(', ')} has a handler; add 'handle' to its definition, or implement it`,
  )
}
