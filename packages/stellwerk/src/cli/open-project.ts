import { userInfo } from 'node:os'
import { loadJobs } from '../app/configuration/load-jobs.ts'
import {
  type FlagValues,
  type ResolvedConfiguration,
  resolveConfiguration,
} from '../app/configuration/resolve-configuration.ts'
import { createLog, isDetailed } from '../app/log/create-log.ts'
import type { OpenLog } from '../app/log/open-log.ts'
import { createStreamSink } from '../app/log/stream-sink.ts'
import { openStellwerk } from '../app/open-stellwerk.ts'
import type { AnyJobDefinition } from '../client/job-definition.ts'
import type { Stellwerk } from '../client/stellwerk.ts'
import type { Log } from '../std/log.ts'
import type { Invocation } from './cli-command.ts'
import type { ExitCode } from './exit-codes.ts'

/** An open Stellwerk with the configuration it came from. */
export interface Project {
  readonly stellwerk: Stellwerk
  readonly configuration: ResolvedConfiguration
}

/** How a command opens its project. */
export interface ProjectOptions {
  /** Whether the jobs modules are loaded; 'if they load': a module that does not is told and left out. */
  readonly jobs?: boolean | 'if they load'
  /** Further options of the command that are settings. */
  readonly flags?: FlagValues
  /** A station or control room writes all it has to say to the channel of the configuration; other commands only warnings, to the standard error. */
  readonly station?: boolean
  /** In place of the configuration's. */
  readonly migrate?: boolean
}

/** The configuration as this call sees it. @throws CONFIG_INVALID, CONFIG_NOT_LOADED, OPTION_INVALID */
export function resolveProject({ global }: Invocation, flags: FlagValues = {}): Promise<ResolvedConfiguration> {
  return resolveConfiguration({
    cwd: process.cwd(),
    env: process.env,
    flags: {
      ...(global.store !== undefined && { store: { flag: '--store', text: global.store } }),
      ...(global.schema !== undefined && { schema: { flag: '--schema', text: global.schema } }),
      ...flags,
    },
    ...(global.config !== undefined && { file: global.config }),
  })
}

/** Opens the project of this call, uses it, and closes it whatever comes. @throws what opening and `use` throw */
export async function withProject(
  invocation: Invocation,
  options: ProjectOptions,
  use: (project: Project) => Promise<ExitCode>,
): Promise<ExitCode> {
  const configuration = await resolveProject(invocation, options.flags)
  const { log, close } = await logOf(configuration, options.station === true)
  try {
    return await withLog({ configuration, options, log }, use)
  } finally {
    await close()
  }
}

interface Opening {
  readonly configuration: ResolvedConfiguration
  readonly options: ProjectOptions
  readonly log: Log
}

async function withLog(
  { configuration, options, log }: Opening,
  use: (project: Project) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { values } = configuration
  const jobs = await jobsOf(configuration, options.jobs ?? false, log)
  const stellwerk = await openStellwerk({
    store: values.store,
    schema: values.schema,
    listen: values.listen,
    jobs,
    migrate: options.migrate ?? values.migrate,
    maxPayloadBytes: values.maxPayload,
    workerHealth: { beatAgeMs: values['health.heartbeat'], cpuPercent: values['health.cpu'] },
    log,
    actor: { kind: 'cli', name: userInfo().username },
  })
  try {
    return await use({ stellwerk, configuration })
  } finally {
    await stellwerk.close()
  }
}

async function jobsOf(
  { values }: ResolvedConfiguration,
  wanted: boolean | 'if they load',
  log: Log,
): Promise<readonly AnyJobDefinition[]> {
  if (wanted === false) return []
  if (wanted === true) return await loadJobs(values.jobs, values.loader)
  return await loadJobs(values.jobs, values.loader).catch((error: unknown) => {
    log.warn('jobs are shown, and none can be dispatched here: their modules did not load', {
      reason: error instanceof Error ? error.message : String(error),
    })
    return []
  })
}

async function logOf({ values }: ResolvedConfiguration, station: boolean): Promise<OpenLog> {
  const stderr = (line: string): void => void process.stderr.write(line)
  if (station) {
    const { openLog } = await import('../app/log/open-log.ts')
    return openLog(values, { env: process.env, stdout: (line) => void process.stdout.write(line), stderr })
  }
  const level = values['log.level'] === 'info' ? 'warn' : values['log.level']
  const rules = { level, isDetailed: isDetailed(values, process.env) }
  return { log: createLog(rules, createStreamSink(values['log.format'], stderr)), close: () => Promise.resolve() }
}
