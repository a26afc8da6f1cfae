import type { NamedPoolOptions, ReservedInput } from '../../client/pool-options.ts'
import { balanceDefaults, balanceKinds } from '../../domain/worker/balance.ts'
import { durationForms } from '../../std/duration.ts'
import { type Setting, setting } from './setting.ts'
import {
  booleanFromText,
  durationFromText,
  durationSchema,
  listFromText,
  reservedFromText,
  reservedSchema,
} from './setting-schemas.ts'
import { z } from './zod.ts'

const day = 86_400_000
const executors = ['process', 'inline'] as const
const asIs = (text: string): string => text
const asNumber = (text: string): unknown => (text.trim() === '' ? text : Number(text))

interface Count {
  readonly description: string
  readonly bounds: readonly [number, number]
  readonly defaultNote: string
}

/** A whole number that may be left out. */
function count({ description, bounds, defaultNote }: Count): Setting<number | null> {
  return setting<number | null>({
    schema: z.number().int().min(bounds[0]).max(bounds[1]),
    type: 'number',
    description,
    expects: `an integer from ${bounds[0]} to ${bounds[1]}`,
    defaultValue: null,
    defaultNote,
    fromText: asNumber,
  })
}

/** A span that may be left out. */
function span(description: string, defaultNote: string): Setting<number | null> {
  return setting<number | null>({
    schema: durationSchema([0, 365 * day]),
    type: 'number | string',
    description,
    expects: `a duration of at most a year; give ${durationForms}`,
    defaultValue: null,
    defaultNote,
    fromText: durationFromText,
  })
}

const poolSchema = z.record(z.string(), z.unknown())

/** Where handlers run, and in how many processes. */
export const poolSettings = {
  executor: setting<(typeof executors)[number]>({
    schema: z.enum(executors),
    type: "'process' | 'inline'",
    description:
      "Where `stellwerk work` runs handlers: in worker processes that it starts and watches, or in its own. `dev` takes 'inline'.",
    expects: `one of ${executors.join(', ')}`,
    words: executors,
    defaultValue: 'process',
    fromText: asIs,
  }),
  pools: setting<Readonly<Record<string, NamedPoolOptions>> | null>({
    schema: z.record(z.string().min(1).max(100), poolSchema) as unknown as z.ZodType<
      Readonly<Record<string, NamedPoolOptions>>
    >,
    type: 'Record<string, NamedPoolOptions>',
    description:
      'Pools of worker processes by name; each may set `queues`, `concurrency`, `processes`, `min`, `max`, `balance` and whatever else is said below of a station, and `timeout`, `tries` and `backoff` for jobs that say nothing of them. As text: JSON.',
    expects: "pools by name; give { emails: { queues: ['emails'], processes: 2 } }",
    defaultValue: null,
    defaultNote: 'one pool of the keys beside it',
    fromText: (text) => JSON.parse(text) as unknown,
  }),
  processes: count({ description: 'Worker processes of a pool.', bounds: [0, 1_000], defaultNote: '1, or `min`' }),
  min: count({
    description: 'Fewest processes of a pool that balancing leaves and orders may ask for.',
    bounds: [0, 1_000],
    defaultNote: '1, or `processes` where that is less',
  }),
  max: count({
    description: 'Most processes of a pool that balancing and orders may make.',
    bounds: [1, 1_000],
    defaultNote: '`processes`',
  }),
  balance: setting<(typeof balanceKinds)[number]>({
    schema: z.enum(balanceKinds),
    type: "'off' | 'simple' | 'auto'",
    description:
      'How a pool divides itself over its queues: in their order (`off`), evenly (`simple`), or by the time to clear each, with as many processes as that needs (`auto`).',
    expects: `one of ${balanceKinds.join(', ')}`,
    words: balanceKinds,
    defaultValue: 'off',
    fromText: asIs,
  }),
  scaleUpAt: count({
    description: "Balance 'auto': more waiting jobs than this add a process.",
    bounds: [0, 1_000_000_000],
    defaultNote: String(balanceDefaults.scaleUpAt),
  }),
  scaleDownAt: count({
    description: "Balance 'auto': fewer waiting jobs than this take a process away.",
    bounds: [0, 1_000_000_000],
    defaultNote: String(balanceDefaults.scaleDownAt),
  }),
  cooldown: span("Balance 'auto': between two changes.", '300s'),
  memory: setting<number | string>({
    schema: z.union([z.number().min(0), z.string().min(1)]),
    type: 'number | string',
    description:
      'Memory beyond which a worker process is replaced: a number is MB, 0 = no limit. Looked at between jobs and four times a second; its heap is bounded by the same.',
    expects: "a size; give megabytes as a number, or a text such as '512mb' or '2gb'",
    defaultValue: 512,
    defaultNote: '512 MB',
    fromText: (text) => (/^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text),
  }),
  maxJobs: count({
    description: 'A worker process is replaced after about so many jobs.',
    bounds: [1, 1_000_000_000],
    defaultNote: 'off',
  }),
  maxTime: span('A worker process is replaced after this long.', 'off'),
  maxExceptions: count({
    description: 'A worker process is replaced after so many thrown errors.',
    bounds: [1, 1_000_000_000],
    defaultNote: 'off',
  }),
  rest: span('Pause of a worker process after each job.', '0'),
  sleep: span('Longest pause between two looks for work. It never delays a wake-up.', '3s'),
  types: setting<readonly string[] | null>({
    schema: z.array(z.string().min(1)).min(1),
    type: 'string[]',
    description: 'Job types that are run; as text `send-email,render`.',
    expects: "a list of job types such as ['send-email']",
    defaultValue: null,
    defaultNote: 'all that have a handler',
    fromText: listFromText,
  }),
  minPriority: setting<number | 'low' | 'normal' | 'high' | 'critical' | null>({
    schema: z.union([z.number().int().min(-100).max(100), z.enum(['low', 'normal', 'high', 'critical'])]),
    type: "number | 'low' | 'normal' | 'high' | 'critical'",
    description: 'Lowest priority that is taken.',
    expects: 'an integer from -100 to 100 or one of low, normal, high, critical',
    defaultValue: null,
    defaultNote: 'none',
    fromText: (text) => (/^[+-]?\d{1,3}$/.test(text.trim()) ? Number(text) : text),
  }),
  batchOnly: setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description: 'Takes only members of batches.',
    expects: 'true or false',
    defaultValue: false,
    fromText: booleanFromText,
  }),
  reserved: setting<ReservedInput | null>({
    schema: reservedSchema,
    type: '{ priority, slots }',
    description:
      'Slots of a pool, over all its processes, that only jobs of a priority and above may take. As text: `high=2`.',
    expects: "a priority and a number of slots; give { priority: 'high', slots: 2 }, as text 'high=2'",
    defaultValue: null,
    defaultNote: 'none',
    fromText: reservedFromText,
  }),
  force: setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description: 'Works through maintenance.',
    expects: 'true or false',
    defaultValue: false,
    fromText: booleanFromText,
  }),
}
