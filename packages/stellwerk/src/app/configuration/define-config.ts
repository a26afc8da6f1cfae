import type { DurationInput } from '../../client/duration-input.ts'
import type { NamedPoolOptions, PoolOptions } from '../../client/pool-options.ts'
import type { BackoffInput } from '../../domain/job/backoff.ts'
import type { LogLevel } from '../../std/log.ts'
import type { Facility } from '../log/syslog-frame.ts'

/** What stellwerk.config.ts exports. Every key may be left out; docs/reference/configuration.md says more of each. */
export interface StellwerkConfig extends PoolOptions {
  /** `sqlite:<path>` (relative to the file) or `postgres://user@host/database`. Default `sqlite:stellwerk.db`. */
  readonly store?: string
  /** PostgreSQL schema, default `stellwerk`. */
  readonly schema?: string
  /** PostgreSQL: whether processes hear of new jobs by LISTEN (default true), or the direct address at which they do, past a pooler. */
  readonly listen?: boolean | string
  /** Modules that export the job definitions, relative to the file. */
  readonly jobs?: string | readonly string[]
  /** Creates or upgrades the schema on opening. Default: outside production. */
  readonly migrate?: boolean
  /** Largest payload: bytes or a text such as '256kb' (the default); at most '1mb'. */
  readonly maxPayload?: number | string
  /** Where `stellwerk work` runs handlers. Default 'process': in worker processes. */
  readonly executor?: 'process' | 'inline'
  /** The queue under which jobs of a queue are kept once they have failed for good: `{ emails: 'emails-dead', '*': 'dead' }`. Default: their own. */
  readonly deadLetters?: Readonly<Record<string, string>>
  /** Pools of worker processes, by name. What a pool does not say is as the keys beside say. Default: one, named 'default'. */
  readonly pools?: Readonly<Record<string, NamedPoolOptions>>
  /** Longest pause between two looks for work; it never delays a wake-up. Default 3 s. */
  readonly sleep?: DurationInput
  /** How long running handlers may go on when a station stops. Default 30 s. */
  readonly grace?: DurationInput
  /** How long a handler may go on after its timeout aborted it. Default 10 s. */
  readonly timeoutGrace?: DurationInput
  /** How long a silent station keeps its jobs. Default 10 s; the same for all stations of a store. */
  readonly lease?: DurationInput
  /** Share of the claims that goes to the longest waiting, 0 to 1. Default 0.1. */
  readonly ageShare?: number
  /** Age of a held snapshot in PostgreSQL from which on stations and doctor warn. Default 45 s. */
  readonly snapshotAlarm?: DurationInput
  /** Name of the station, shown beside its id. */
  readonly label?: string
  /** Directory of what a station keeps on its machine. Default `.stellwerk` beside the file. */
  readonly stateDir?: string
  /** Rules for jobs whose definition and dispatch say nothing. */
  readonly defaults?: {
    /** Default 3. */
    readonly tries?: number
    /** Default 60 s; 0 = none. */
    readonly timeout?: DurationInput
    /** Default a doubling from 5 s to 1 h. */
    readonly backoff?: BackoffInput
  }
  /** How long rows are kept: durations, or 'forever'. PostgreSQL drops jobs by whole UTC days. */
  readonly retention?: {
    /** Payload, result and lines of completed and cancelled jobs. Default 24 h. */
    readonly payloads?: DurationInput | 'forever'
    /** Slim rows of completed and cancelled jobs. Default 30 d. */
    readonly finished?: DurationInput | 'forever'
    /** Failed jobs, whole. Default 'forever'. */
    readonly failed?: DurationInput | 'forever'
    /** Metrics by minute. Default 48 h. */
    readonly minutes?: DurationInput | 'forever'
    /** Metrics by hour. Default 90 d. */
    readonly hours?: DurationInput | 'forever'
    /** Metrics by UTC day. Default 5 years. */
    readonly days?: DurationInput | 'forever'
    /** The audit log. Default 400 d. */
    readonly audit?: DurationInput | 'forever'
  }
  /** How `serve` and `dev` face the network. */
  readonly http?: {
    /** Default '127.0.0.1'; another needs `tls` or `behindProxy`. */
    readonly host?: string
    /** Default 7575. */
    readonly port?: number
    /** Where people reach it, such as 'https://jobs.example.com'. */
    readonly publicUrl?: string
    /** Further hosts it answers under. */
    readonly allowedHosts?: readonly string[]
    /** Whether a proxy of yours stands before it. Default false. */
    readonly behindProxy?: boolean
    /** Files in PEM, relative to the file. */
    readonly tls?: { readonly cert: string; readonly key: string }
    /** Such as 'production'. */
    readonly environment?: string
    readonly title?: string
    /** Nothing can be changed through it. Default false. */
    readonly readOnly?: boolean
  }
  /** From when on a worker is not healthy. */
  readonly health?: {
    /** Age of its last heartbeat. Default 2 m. */
    readonly heartbeat?: DurationInput
    /** Percent of a core. Default 95. */
    readonly cpu?: number
  }
  /** What `work`, `dev` and `serve` write about their work, and where to. */
  readonly log?: {
    /** Default 'stderr'. */
    readonly channel?: 'stderr' | 'stdout' | 'file' | 'syslog' | 'journald' | 'otel' | 'none'
    /** Default 'info'. */
    readonly level?: LogLevel
    /** Default 'text'. */
    readonly format?: 'text' | 'json'
    /** Errors with their whole stacks, outside production. Default true. */
    readonly detailedExceptions?: boolean
    /** Default 'log/stellwerk.log', five files of 10 MB. */
    readonly file?: { readonly path?: string; readonly size?: number | string; readonly count?: number }
    /** Default 'udp://127.0.0.1:514', facility 'daemon'. */
    readonly syslog?: { readonly address?: string; readonly facility?: Facility }
    /** Default what OTEL_EXPORTER_OTLP_ENDPOINT says, else 'http://127.0.0.1:4318'. */
    readonly otel?: { readonly endpoint?: string }
  }
  /** What is written of each job while a fault is looked for. */
  readonly debugging?: {
    /** Each claim, start and end. Default false. */
    readonly traceJobs?: boolean
    /** Payloads, without their secrets. Default false. */
    readonly logPayload?: boolean
    /** Times and memory. Default false. */
    readonly logPerformance?: boolean
  }
  /** How TypeScript modules are loaded: by Node (default) or by the package tsx. */
  readonly loader?: 'native' | 'tsx'
}

/** The configuration as given: an editor knows its keys. Values are checked when it is loaded. */
export function defineConfig(config: StellwerkConfig): StellwerkConfig {
  return config
}
