import { redactAddress } from '../../app/configuration/redact-address.ts'
import type { FlagValues } from '../../app/configuration/resolve-configuration.ts'
import type { SettingName } from '../../app/configuration/settings.ts'
import { traceJobs, traceRulesOf } from '../../app/log/trace-jobs.ts'
import { StellwerkError } from '../../domain/errors.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { createJobReporter } from '../job-reporter.ts'
import { addLogOptions, readLogFlags } from '../log-flags.ts'
import { type Project, withProject } from '../open-project.ts'
import { textFlag } from '../read-flags.ts'
import { retentionOf } from '../retention-of.ts'
import { stopOnSignals } from '../stop-on-signals.ts'

/** Options that are settings, with the key they set. */
const settingFlags: readonly (readonly [string, string, SettingName])[] = [
  ['concurrency', '--concurrency', 'concurrency'],
  ['queue', '--queue', 'queues'],
  ['grace', '--grace', 'grace'],
  ['label', '--label', 'label'],
]
/** With --once the job ends by its own timeout, not by the grace of the stop that follows it. */
const longestGraceMs = 86_400_000

/** `stellwerk work`: a station in this process, until a signal stops it. */
export const workCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--concurrency <number>', 'handlers at a time')
      .option('--queue <names>', "queues in strict order, 'high,default', or by weight, 'high=5,default=1'")
      .option('--grace <duration>', 'how long running handlers may go on when it stops')
      .option('--label <text>', 'name shown beside its id')
      .option('--once', 'run one job, if one is ready, and end')
      .option('--stop-when-empty', 'end when no job is ready')
      .option('-v, --verbose', 'a line per claim, start and end')
      .addHelpText(
        'after',
        [
          '',
          'Signals: TERM, INT and QUIT give back what has not started, wait the grace for what runs, give the rest back and exit 0;',
          'a second INT does not wait. USR2 does as TERM and exits 75: start it again.',
          '',
          'Examples:',
          '  stellwerk work --concurrency 20 --queue high=5,default=1',
          '  stellwerk work --stop-when-empty --verbose',
        ].join('\n'),
      )
    addLogOptions(command)
  },
  run: (invocation) =>
    withProject(invocation, { jobs: true, station: true, flags: readSettingFlags(invocation) }, (project) => {
      refuseNoJobs(project)
      return runStation(invocation, project)
    }),
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
    concurrency: once ? 1 : values.concurrency,
    queues: values.queues,
    grace: once ? longestGraceMs : values.grace,
    timeoutGrace: values.timeoutGrace,
    lease: values.lease,
    ageShare: values.ageShare,
    snapshotAlarm: values.snapshotAlarm,
    stateDir: values.stateDir,
    retention: retentionOf(values),
    defaults: {
      tries: values['defaults.tries'],
      timeout: values['defaults.timeout'],
      backoff: values['defaults.backoff'],
    },
    ...(values.label !== null && { label: values.label }),
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
    types: stellwerk.registry.runnable().length,
    queues: values.queues,
    concurrency: once ? 1 : values.concurrency,
  })
  if (endsByItself) {
    await Promise.race([station.untilIdle(), station.untilStopped()])
    await station.stop()
  }
  await station.untilStopped()
  signals.release()
  if (output.json) output.value(reporter.totals())
  log.info('station stopped', { station: station.id, ...reporter.totals() })
  if (signals.asked() === null && !endsByItself) {
    output.note('stellwerk: the station ended by itself; the lines above say why')
    return 1
  }
  return signals.asked() === 'SIGUSR2' ? 75 : 0
}

function readSettingFlags({ flags }: Invocation): FlagValues {
  const given = settingFlags.map(([key, flag, name]) => [name, { flag, text: textFlag(flags, key) }] as const)
  return {
    ...readLogFlags(flags),
    ...(Object.fromEntries(given.filter(([, { text }]) => text !== undefined)) as FlagValues),
  }
}

function refuseNoJobs({ stellwerk, configuration }: Project): void {
  if (stellwerk.registry.runnable().length > 0) return
  const place = configuration.file ?? 'the configuration'
  if (configuration.values.jobs.length === 0)
    throw new StellwerkError(
      'JOBS_NOT_LOADED',
      `no jobs module is named; write jobs: './jobs.ts' into ${place}, or run 'stellwerk init'`,
    )
  throw new StellwerkError(
    'JOBS_NOT_LOADED',
    `no job of ${configuration.values.jobs.join(', ')} has a handler; add 'handle' to its definition, or implement it`,
  )
}
