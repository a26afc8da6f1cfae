import { StellwerkError } from '../domain/errors.ts'
import { parseBackoff } from '../domain/job/backoff.ts'
import { parsePriority } from '../domain/job/priority.ts'
import { checkDeadLetter } from '../domain/queue/dead-letters.ts'
import { checkName } from '../domain/queue/queue-name.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { parseDuration } from '../std/duration.ts'
import { parseSize } from '../std/size.ts'
import type { DurationInput } from './duration-input.ts'
import type { JobDefaults } from './job-settings.ts'

/** Nothing waits longer than this: ten years in ms. */
const longestMs = 10 * 366 * 24 * 3_600_000

/** The duration in ms. @throws OPTION_INVALID naming option, value and remedy when it is negative, absurd or not a duration */
export function checkDuration(name: string, value: DurationInput): number {
  let ms: number
  try {
    ms = parseDuration(value, 'ms')
  } catch (cause) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `${name}: ${String(value)} is not a duration; give milliseconds as a number, or a text such as '500ms', '30s', '10m', '1h30m'`,
      { cause },
    )
  }
  if (!Number.isFinite(ms) || ms < 0 || ms > longestMs) {
    throw new StellwerkError('OPTION_INVALID', `${name}: ${String(value)} is out of range; give 0 to ten years`)
  }
  return Math.round(ms)
}

/** A point in time in Unix ms. @throws OPTION_INVALID for what is no date or over ten years ahead of `nowMs`, where that is given */
export function checkTime(name: string, value: Date | number | string): number {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value : Date.parse(value)
  if (!Number.isFinite(ms) || ms < 0 || ms > 4_102_444_800_000 + longestMs) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `${name}: ${String(value)} is not a time; give a Date, Unix milliseconds, or ISO 8601 such as '2027-01-31T08:00:00Z'`,
    )
  }
  return Math.round(ms)
}

/** Bytes of a memory limit: a number is MB. @throws OPTION_INVALID naming option, value and what is accepted */
export function checkMemory(name: string, value: number | string): number {
  try {
    return parseSize(typeof value === 'number' ? Math.round(value * 1_048_576) : value)
  } catch (cause) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `${name}: ${String(value)} is not a size; give megabytes as a number, or a text such as '512mb' or '2gb'`,
      { cause },
    )
  }
}

/** An integer within its bounds. @throws OPTION_INVALID naming option, value and bounds */
export function checkInteger(name: string, value: unknown, bounds: readonly [number, number]): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < bounds[0] || value > bounds[1]) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `${name}: ${String(value)} is not an integer from ${bounds[0]} to ${bounds[1]}`,
    )
  }
  return value
}

/** Throws OPTION_INVALID with a did-you-mean for the first key of `given` that is not known. */
export function refuseUnknownKeys(what: string, given: object, known: ReadonlySet<string>): void {
  for (const key of Object.keys(given)) {
    if (!known.has(key)) {
      throw new StellwerkError(
        'OPTION_INVALID',
        `${what}: unknown option '${key}'${didYouMean(key, known) || `; known are ${[...known].join(', ')}`}`,
      )
    }
  }
}

/** The defaults of a job type, as given, once each value is known to be right. @throws JOB_DEFINITION_INVALID */
export function checkJobDefaults(jobName: string, defaults: JobDefaults): JobDefaults {
  try {
    checkShared(defaults)
    if (defaults.backoff !== undefined && typeof defaults.backoff !== 'function') parseBackoff(defaults.backoff)
    if (defaults.retryFor !== undefined) checkDuration('retryFor', defaults.retryFor)
    if (defaults.memory !== undefined) checkMemory('memory', defaults.memory)
    if (defaults.deadLetter !== undefined) checkDeadLetter(defaults.queue, defaults.deadLetter)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError('JOB_DEFINITION_INVALID', `job type '${jobName}': ${message}`, { cause })
  }
  return defaults
}

/** Checks what definitions and dispatches share. @throws OPTION_INVALID */
export function checkShared(settings: Omit<JobDefaults, 'backoff' | 'retryFor'>): void {
  if (settings.queue !== undefined) checkName(settings.queue, 'queue')
  if (settings.priority !== undefined) parsePriority(settings.priority)
  if (settings.weight !== undefined) checkInteger('weight', settings.weight, [-1_000_000, 1_000_000])
  if (settings.tries !== undefined) checkInteger('tries', settings.tries, [1, 10_000])
  if (settings.timeout !== undefined) checkDuration('timeout', settings.timeout)
  if (settings.maxExceptions !== undefined) checkInteger('maxExceptions', settings.maxExceptions, [1, 10_000])
  if (settings.maxCrashes !== undefined) checkInteger('maxCrashes', settings.maxCrashes, [1, 100])
  if (settings.failOnTimeout !== undefined && typeof settings.failOnTimeout !== 'boolean') {
    throw new StellwerkError('OPTION_INVALID', `failOnTimeout: ${String(settings.failOnTimeout)} is not true or false`)
  }
}
