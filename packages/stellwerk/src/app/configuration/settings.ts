import { resolve } from 'node:path'
import type { BackoffInput } from '../../domain/job/backoff.ts'
import { durationForms } from '../../std/duration.ts'
import { sizeForms } from '../../std/size.ts'
import { healthSettings } from './health-settings.ts'
import { httpSettings } from './http-settings.ts'
import { logSettings } from './log-settings.ts'
import { poolSettings } from './pool-settings.ts'
import { retentionSettings } from './retention-settings.ts'
import { setting } from './setting.ts'
import * as schemas from './setting-schemas.ts'
import { z } from './zod.ts'

const loaders = ['native', 'tsx'] as const
const day = 86_400_000
const addressPattern = /^(?:sqlite:(?!$)|postgres(?:ql)?:\/\/[^/]|(?![a-z][a-z0-9+.-]+:)[^\s])/i
const asIs = (text: string): string => text
const asNumber = (text: string): unknown => (text.trim() === '' ? text : Number(text))

/** Every key of the configuration by its path, in the order of the reference: the one source of checks, variables, `stellwerk config` and docs. */
export const settings = {
  store: setting<string>({
    schema: z.string().regex(addressPattern),
    type: 'string',
    description: 'The database: `sqlite:<path>` (relative to the file) or `postgres://user@host/database`.',
    expects: "an address of a store; give 'sqlite:stellwerk.db' or 'postgres://user@host/database'",
    defaultValue: 'sqlite:stellwerk.db',
    fromText: asIs,
    resolvePaths: schemas.resolveStore,
  }),
  schema: setting<string>({
    schema: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/),
    type: 'string',
    description: 'Schema within PostgreSQL, one per application. SQLite has none.',
    expects: "a schema name; give lower-case letters, digits and '_', at most 63, such as 'stellwerk'",
    defaultValue: 'stellwerk',
    fromText: asIs,
  }),
  listen: setting<boolean | string>({
    schema: z.union([z.boolean(), z.string().regex(/^postgres(?:ql)?:\/\/[^/]/i)]),
    type: 'boolean | string',
    description:
      'Whether processes hear of new jobs by LISTEN in PostgreSQL: `true`, `false` (stations look every 250 ms), or the direct address of the server where the store is reached through a transaction-mode pooler.',
    expects: "true, false or an address of PostgreSQL; give 'postgres://user@host/database'",
    defaultValue: true,
    fromText: schemas.booleanFromText,
  }),
  jobs: setting<readonly string[]>({
    schema: schemas.pathsSchema,
    type: 'string | string[]',
    description: 'Modules that export the job definitions, relative to the file.',
    expects: "a path or a list of paths; give './jobs.ts'",
    defaultValue: [],
    defaultNote: 'none',
    fromText: schemas.listFromText,
    resolvePaths: (paths, base) => paths.map((path) => resolve(base, path)),
  }),
  migrate: setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description:
      'Creates or upgrades the schema whenever the store is opened. Where it is off, `stellwerk migrate` does it.',
    expects: 'true or false',
    defaultValue: true,
    defaultNote: 'true, but false where NODE_ENV is production',
    fromText: schemas.booleanFromText,
  }),
  maxPayload: setting<number>({
    schema: schemas.sizeSchema([1, 1_048_576]),
    type: 'number | string',
    description: 'Largest payload as JSON, at most 1 MB. A number is bytes.',
    expects: `a size from 1 byte to 1mb; give ${sizeForms}`,
    defaultValue: 262_144,
    defaultNote: '256kb',
    fromText: asIs,
  }),
  concurrency: setting<number>({
    schema: z.number().int().min(1).max(10_000),
    type: 'number',
    description: 'Handlers at a time, in each worker process or in the station itself.',
    expects: 'an integer from 1 to 10000',
    defaultValue: 10,
    fromText: asNumber,
  }),
  queues: setting<schemas.QueueChoice>({
    schema: schemas.queuesSchema,
    type: 'string | string[] | Record<string, number>',
    description:
      "Queues that a station serves: a list in strict order, or weights by queue. `'*'` stands for all. As text: `high,default` or `high=5,default=1`.",
    expects:
      "a choice of queues; give a list such as ['high', 'default'], or weights from 1 to 1000 such as { high: 5, default: 1 }",
    defaultValue: ['*'],
    defaultNote: 'all',
    fromText: schemas.queuesFromText,
  }),
  deadLetters: setting<Readonly<Record<string, string>>>({
    schema: schemas.deadLettersSchema,
    type: 'Record<string, string>',
    description:
      "The queue under which jobs of a queue are kept once they have failed for good; `'*'` stands for every queue that is not named, and a definition's `deadLetter` goes before both. As text: JSON.",
    expects:
      "dead-letter queues by queue, each another than its own; give { emails: 'emails-dead' }, or { '*': 'dead' } for all",
    defaultValue: {},
    defaultNote: 'none: failed jobs stay under their own queue',
    fromText: (text) => JSON.parse(text) as unknown,
  }),
  grace: setting<number>({
    schema: schemas.durationSchema([0, day]),
    type: 'number | string',
    description: 'How long running handlers may go on when a station stops; what is left goes back to its queue.',
    expects: `a duration of at most a day; give ${durationForms}`,
    defaultValue: 30_000,
    defaultNote: '30s',
    fromText: schemas.durationFromText,
  }),
  timeoutGrace: setting<number>({
    schema: schemas.durationSchema([0, day]),
    type: 'number | string',
    description: 'How long a handler may go on after its timeout aborted it.',
    expects: `a duration of at most a day; give ${durationForms}`,
    defaultValue: 10_000,
    defaultNote: '10s',
    fromText: schemas.durationFromText,
  }),
  lease: setting<number>({
    schema: schemas.durationSchema([1000, 3_600_000]),
    type: 'number | string',
    description:
      'How long a silent station keeps its jobs before others rescue them. The same for all stations of a store.',
    expects: `a duration from 1s to 1h; give ${durationForms}`,
    defaultValue: 10_000,
    defaultNote: '10s',
    fromText: schemas.durationFromText,
  }),
  ageShare: setting<number>({
    schema: z.number().min(0).max(1),
    type: 'number',
    description:
      'Share of the claims that goes to the longest waiting jobs, whatever their priority: low priorities never starve.',
    expects: 'a number from 0 to 1',
    defaultValue: 0.1,
    fromText: asNumber,
  }),
  snapshotAlarm: setting<number>({
    schema: schemas.durationSchema([0, day]),
    type: 'number | string',
    description:
      'How old a snapshot that anyone holds in the PostgreSQL database may grow before stations and `doctor` warn of it.',
    expects: `a duration of at most a day; give ${durationForms}`,
    defaultValue: 45_000,
    defaultNote: '45s',
    fromText: schemas.durationFromText,
  }),
  label: setting<string | null>({
    schema: z.string().min(1).max(100),
    type: 'string',
    description: 'Name of the station, shown beside its id.',
    expects: 'a text of 1 to 100 characters',
    defaultValue: null,
    defaultNote: 'none',
    fromText: asIs,
  }),
  stateDir: setting<string>({
    schema: z.string().min(1),
    type: 'string',
    description:
      'Directory of what a station keeps on its machine, relative to the file: which jobs ran when it was killed.',
    expects: "a path; give '.stellwerk'",
    defaultValue: '.stellwerk',
    fromText: asIs,
    resolvePaths: (path, base) => resolve(base, path),
  }),
  'defaults.tries': setting<number>({
    schema: z.number().int().min(1).max(10_000),
    type: 'number',
    description: 'Attempts of a job in all, where neither its dispatch nor its definition says.',
    expects: 'an integer from 1 to 10000',
    defaultValue: 3,
    fromText: asNumber,
  }),
  'defaults.timeout': setting<number>({
    schema: schemas.durationSchema([0, 30 * day]),
    type: 'number | string',
    description: 'Time limit of an attempt, where neither dispatch nor definition says. 0 = none.',
    expects: `a duration of at most 30 days; give ${durationForms}`,
    defaultValue: 60_000,
    defaultNote: '60s',
    fromText: schemas.durationFromText,
  }),
  'defaults.backoff': setting<BackoffInput>({
    schema: schemas.backoffSchema,
    type: 'number | string | (number | string)[] | { base, max }',
    description:
      'Pause before a retry: one duration, a list (the last entry repeats), or a doubling with ±10 %. As text: `30s`, `30s,1m,2m` or `5s..1h`.',
    expects: "a backoff; give a duration such as '30s', a list of durations, or { base: '5s', max: '1h' }",
    defaultValue: { base: 5_000, max: 3_600_000 },
    defaultNote: "{ base: '5s', max: '1h' }",
    fromText: schemas.backoffFromText,
  }),
  ...poolSettings,
  ...retentionSettings,
  ...healthSettings,
  ...httpSettings,
  ...logSettings,
  loader: setting<(typeof loaders)[number]>({
    schema: z.enum(loaders),
    type: "'native' | 'tsx'",
    description:
      'How TypeScript modules are loaded: by Node itself (erasable syntax), or by the package tsx, which you install. Where it is to load the configuration too, set the variable.',
    expects: `one of ${loaders.join(', ')}`,
    words: loaders,
    defaultValue: 'native',
    fromText: asIs,
  }),
}

/** Path of a key, such as 'log.level'. */
export type SettingName = keyof typeof settings

/** The effective value of every key: durations in ms, sizes in bytes, paths absolute. */
export type ConfigurationValues = { readonly [Name in SettingName]: (typeof settings)[Name]['defaultValue'] }

/** Every path, in the order of the reference. */
export const settingNames = Object.keys(settings) as SettingName[]

/** The variable of a key: 'log.level' is STELLWERK_LOG_LEVEL, 'maxPayload' STELLWERK_MAX_PAYLOAD. */
export function variableOf(name: SettingName): string {
  return `STELLWERK_${name
    .replaceAll('.', '_')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`
}
