import { checkDuration, checkInteger, checkMemory, refuseUnknownKeys } from '../client/check-settings.ts'
import type { NamedPoolOptions, PoolOptions } from '../client/pool-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import { type BackoffInput, parseBackoff } from '../domain/job/backoff.ts'
import { parsePriority } from '../domain/job/priority.ts'
import type { ReservedSlots } from '../domain/queue/reserved-slots.ts'
import { type BalanceKind, type BalanceRules, balanceDefaults, balanceKinds } from '../domain/worker/balance.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { formatSize } from '../std/size.ts'
import { completeReserved } from './complete-reserved.ts'
import { type QueueChoice, queueChoiceOf } from './queue-order.ts'

/** Every option that a pool may have. */
export const poolOptionNames = [
  'queues',
  'concurrency',
  'processes',
  'min',
  'max',
  'balance',
  'scaleUpAt',
  'scaleDownAt',
  'cooldown',
  'memory',
  'maxJobs',
  'maxTime',
  'maxExceptions',
  'rest',
  'types',
  'minPriority',
  'batchOnly',
  'reserved',
  'force',
] as const satisfies readonly (keyof PoolOptions)[]

/** What only a pool among several may say of itself. */
const namedPoolOptionNames = [
  'timeout',
  'tries',
  'backoff',
  'sleep',
] as const satisfies readonly (keyof NamedPoolOptions)[]

/** A pool with every default filled in; times in ms. */
export interface PoolSettings {
  readonly queues: QueueChoice
  readonly concurrency: number
  readonly processes: number
  readonly min: number
  readonly max: number
  readonly balance: BalanceKind
  readonly balanceRules: BalanceRules
  readonly memoryBytes: number | null
  readonly maxJobs: number | null
  readonly maxTimeMs: number | null
  readonly maxExceptions: number | null
  readonly restMs: number
  readonly types: readonly string[] | null
  readonly minPriority: number | null
  readonly batchOnly: boolean
  readonly reserved: ReservedSlots | null
  readonly force: boolean
  /** For jobs whose definition and dispatch say nothing; what is left out is as the station says. */
  readonly rules: Pick<NamedPoolOptions, 'timeout' | 'tries' | 'backoff'>
  /** null: as the station. */
  readonly sleepMs: number | null
}

const mostProcesses = 1_000
/** Below this Node does not start. */
const leastMemoryBytes = 67_108_864
const defaultMemory = 512
const known = new Set<string>([...poolOptionNames, ...namedPoolOptionNames])

/** Checks and completes one pool. @throws OPTION_INVALID naming pool, option, value and what is accepted */
export function completePool(name: string, given: NamedPoolOptions): PoolSettings {
  const label = (option: string): string => `pool '${name}', ${option}`
  refuseUnknownKeys(`pool '${name}'`, given, known)
  const count = (option: keyof PoolOptions, most: number): number | null => {
    const value = given[option]
    return value === undefined ? null : checkInteger(label(option), value, [1, most])
  }
  const duration = (option: 'rest' | 'cooldown' | 'maxTime', otherwise: number): number =>
    checkDuration(label(option), given[option] ?? otherwise)
  const concurrency = count('concurrency', 10_000) ?? 10
  const processes = completeProcesses(name, given)
  return {
    queues: queueChoiceOf(given.queues),
    concurrency,
    ...processes,
    reserved: completeReserved(label('reserved'), given.reserved, { concurrency, ...processes }),
    balance: checkBalance(label('balance'), given.balance ?? 'off'),
    balanceRules: {
      scaleUpAt: checkInteger(label('scaleUpAt'), given.scaleUpAt ?? balanceDefaults.scaleUpAt, [0, 1_000_000_000]),
      scaleDownAt: checkInteger(
        label('scaleDownAt'),
        given.scaleDownAt ?? balanceDefaults.scaleDownAt,
        [0, 1_000_000_000],
      ),
      cooldownMs: duration('cooldown', balanceDefaults.cooldownMs),
    },
    memoryBytes: checkLimit(label('memory'), given.memory ?? defaultMemory),
    maxJobs: count('maxJobs', 1_000_000_000),
    maxTimeMs: given.maxTime === undefined ? null : duration('maxTime', 0) || null,
    maxExceptions: count('maxExceptions', 1_000_000_000),
    restMs: duration('rest', 0),
    ...completeKind(given),
    rules: completeRules(label, given),
    sleepMs: given.sleep === undefined ? null : checkDuration(label('sleep'), given.sleep),
  }
}

function completeRules(
  label: (option: string) => string,
  { timeout, tries, backoff }: NamedPoolOptions,
): PoolSettings['rules'] {
  return {
    ...(timeout !== undefined && { timeout: checkDuration(label('timeout'), timeout) }),
    ...(tries !== undefined && { tries: checkInteger(label('tries'), tries, [1, 10_000]) }),
    ...(backoff !== undefined && { backoff: checkBackoff(label('backoff'), backoff) }),
  }
}

function checkBackoff(label: string, backoff: BackoffInput): BackoffInput {
  try {
    parseBackoff(backoff)
    return backoff
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError('OPTION_INVALID', `${label}: ${message}`, { cause })
  }
}

function completeKind({ types, minPriority, batchOnly, force }: PoolOptions) {
  return {
    types: types ?? null,
    minPriority: minPriority === undefined ? null : parsePriority(minPriority),
    batchOnly: batchOnly ?? false,
    force: force ?? false,
  }
}

/** `min`, `processes` and `max` in their order. @throws OPTION_INVALID where they contradict each other */
function completeProcesses(name: string, { processes, min, max }: PoolOptions) {
  const check = (option: string, value: number): number =>
    checkInteger(`pool '${name}', ${option}`, value, [option === 'max' ? 1 : 0, mostProcesses])
  const now = check('processes', processes ?? min ?? 1)
  const least = check('min', min ?? Math.min(1, now))
  const most = check('max', max ?? Math.max(now, least, 1))
  if (least > most)
    throw new StellwerkError('OPTION_INVALID', `pool '${name}': min ${least} is above max ${most}; give min <= max`)
  if (now < least || now > most)
    throw new StellwerkError(
      'OPTION_INVALID',
      `pool '${name}': processes ${now} is not within min ${least} and max ${most}; leave it out, or widen them`,
    )
  return { processes: now, min: least, max: most }
}

function checkBalance(label: string, value: string): BalanceKind {
  const kind = balanceKinds.find((one) => one === value)
  if (kind !== undefined) return kind
  throw new StellwerkError(
    'OPTION_INVALID',
    `${label}: '${value}' is not one of ${balanceKinds.join(', ')}${didYouMean(value, balanceKinds)}`,
  )
}

function checkLimit(label: string, value: number | string): number | null {
  const bytes = checkMemory(label, value)
  if (bytes === 0) return null
  if (bytes >= leastMemoryBytes) return bytes
  throw new StellwerkError(
    'OPTION_INVALID',
    `${label}: ${formatSize(bytes)} is less than Node itself needs; give ${formatSize(leastMemoryBytes)} or more, or 0 for no limit`,
  )
}
