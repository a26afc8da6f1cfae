import { resolve } from 'node:path'
import type { ReservedInput } from '../../client/pool-options.ts'
import type { BackoffInput } from '../../domain/job/backoff.ts'
import { parseBackoff } from '../../domain/job/backoff.ts'
import { checkDeadLetters } from '../../domain/queue/dead-letters.ts'
import { parseDuration } from '../../std/duration.ts'
import { parseSize } from '../../std/size.ts'
import { z } from './zod.ts'

/** Queues in strict order, or with weights. */
export type QueueChoice = readonly string[] | Readonly<Record<string, number>>

const queueName = z.string().min(1).max(200)

/** A list of queues, one queue, or weights by queue (1 to 1,000). */
export const queuesSchema: z.ZodType<QueueChoice> = z.union([
  queueName.transform((name): QueueChoice => [name]),
  z.array(queueName).min(1),
  z.record(queueName, z.number().int().min(1).max(1000)).refine((weights) => Object.keys(weights).length > 0),
])

/** Dead-letter queues by queue. */
export const deadLettersSchema: z.ZodType<Readonly<Record<string, string>>> = attempt(
  z.record(z.string(), z.string()),
  checkDeadLetters,
)

/** A duration within its bounds, in ms. */
export function durationSchema(bounds: readonly [number, number]): z.ZodType<number> {
  return attempt(z.union([z.number(), z.string()]), (value) => parseDuration(value, 'ms')).pipe(
    z.number().min(bounds[0]).max(bounds[1]),
  )
}

/** A size within its bounds, in bytes. */
export function sizeSchema(bounds: readonly [number, number]): z.ZodType<number> {
  return attempt(z.union([z.number(), z.string()]), parseSize).pipe(z.number().min(bounds[0]).max(bounds[1]))
}

/** A pause before a retry, kept as given once it is known to be right. */
export const backoffSchema: z.ZodType<BackoffInput> = attempt(z.unknown(), (value) => {
  parseBackoff(value as BackoffInput)
  return value as BackoffInput
})

/** One path or several, as a list. */
export const pathsSchema: z.ZodType<readonly string[]> = z.union([
  z
    .string()
    .min(1)
    .transform((path): readonly string[] => [path]),
  z.array(z.string().min(1)),
])

/** Slots kept for a priority and above. */
export const reservedSchema: z.ZodType<ReservedInput> = z.strictObject({
  priority: z.union([z.number().int().min(-100).max(100), z.enum(['low', 'normal', 'high', 'critical'])]),
  slots: z.number().int().min(1),
})

/** 'high=2': two slots for high and above; '50=1' with a number. */
export function reservedFromText(text: string): unknown {
  const [priority = '', slots = ''] = text.split('=').map((part) => part.trim())
  return { priority: /^[+-]?\d{1,3}$/.test(priority) ? Number(priority) : priority, slots: Number(slots) }
}

/** Text forms of lists and of weights: 'a,b', 'a=5,b=1'. */
export function queuesFromText(text: string): unknown {
  const parts = listFromText(text)
  if (!parts.some((part) => part.includes('='))) return parts
  return Object.fromEntries(
    parts.map((part): [string, number] => {
      const at = part.lastIndexOf('=')
      return at < 0 ? [part, 1] : [part.slice(0, at).trim(), Number(part.slice(at + 1))]
    }),
  )
}

/** Parts between commas, trimmed, without empty ones. */
export function listFromText(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A bare number is seconds where it is typed as text. */
export function durationFromText(text: string): unknown {
  return parseDuration(text, 's')
}

/** '30s', '30s,1m,2m', or '5s..1h' for a doubling. */
export function backoffFromText(text: string): unknown {
  const [base, max, ...rest] = text.split('..')
  if (base !== undefined && max !== undefined && rest.length === 0)
    return { base: parseDuration(base, 's'), max: parseDuration(max, 's') }
  const list = listFromText(text).map((part) => parseDuration(part, 's'))
  return list.length === 1 ? list[0] : list
}

/** 'true' and 'false', also 1 and 0, yes and no; anything else stays and is refused. */
export function booleanFromText(text: string): unknown {
  const word = text.toLowerCase()
  if (['true', '1', 'yes'].includes(word)) return true
  return ['false', '0', 'no'].includes(word) ? false : text
}

/** A store's address with its SQLite path made absolute; ':memory:' and PostgreSQL stay. */
export function resolveStore(address: string, base: string): string {
  if (/^postgres(ql)?:\/\//.test(address)) return address
  const path = address.startsWith('sqlite:') ? address.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') : address
  return path === ':memory:' ? `sqlite:${path}` : `sqlite:${resolve(base, path)}`
}

function attempt<Input, Output>(schema: z.ZodType<Input>, convert: (value: Input) => Output): z.ZodType<Output> {
  return schema.transform((value, context) => {
    try {
      return convert(value)
    } catch {
      context.addIssue({ code: 'custom' })
      return z.NEVER
    }
  })
}
