import { durationForms, parseDuration } from '../../std/duration.ts'
import { StellwerkError } from '../errors.ts'
import type { Backoff, ExponentialBackoff } from './job-options.ts'

/** Delay before a retry as an application writes it: a number of ms or '30s', a list of those, or a doubling from `base` to at most `max`. */
export type BackoffInput =
  | number
  | string
  | readonly (number | string)[]
  | { readonly base: number | string; readonly max?: number | string }

/** What holds where nothing is said: from 5 s, doubling, to 1 h. */
export const defaultBackoff: ExponentialBackoff = { baseMs: 5000, maxMs: 3_600_000 }

/** No delay is longer: 365 days. */
const LONGEST_MS = 365 * 86_400_000
const MOST_ENTRIES = 100

/**
 * Delay before the attempt that follows attempt `attempt` (1-based), ms, whole: a number always; of a list entry `attempt`, the last one repeating;
 * else doubling up to the cap and spread by ±10 %, so that jobs which failed together do not return together. `random` is in [0, 1).
 */
export function retryDelay(attempt: number, backoff: Backoff, random: number): number {
  if (typeof backoff === 'number') return backoff
  if (isList(backoff)) return backoff[Math.min(Math.max(attempt, 1), backoff.length) - 1] ?? 0
  const capped = Math.min(backoff.baseMs * 2 ** (Math.max(attempt, 1) - 1), backoff.maxMs)
  return Math.round(capped * (0.9 + 0.2 * random))
}

/**
 * A backoff as it is stored, of what an application wrote. A function is for the caller to handle.
 * @throws StellwerkError OPTION_INVALID naming the entry and what is accepted
 */
export function parseBackoff(value: unknown): Backoff {
  if (Array.isArray(value)) return listOf(value)
  if (typeof value === 'object' && value !== null) return exponentialOf(value)
  return delayOf(value, 'backoff')
}

function listOf(value: readonly unknown[]): readonly number[] {
  if (value.length === 0 || value.length > MOST_ENTRIES) {
    throw refusal('backoff', `a list of ${value.length}`, `give 1 to ${MOST_ENTRIES} entries`)
  }
  return value.map((entry, at) => delayOf(entry, `backoff[${at}]`))
}

function exponentialOf(value: { readonly base?: unknown; readonly max?: unknown }): ExponentialBackoff {
  const baseMs = delayOf(value.base, 'backoff.base')
  const maxMs = value.max === undefined ? Math.max(baseMs, defaultBackoff.maxMs) : delayOf(value.max, 'backoff.max')
  if (maxMs < baseMs) throw refusal('backoff.max', `${maxMs} ms`, `give at least the base, ${baseMs} ms`)
  return { baseMs, maxMs }
}

function delayOf(value: unknown, option: string): number {
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw refusal(
      option,
      `of type ${value === null ? 'null' : typeof value}`,
      `give ${durationForms}, a list of those, or { base, max }`,
    )
  }
  const ms = durationOf(value, option)
  if (ms > LONGEST_MS) throw refusal(option, JSON.stringify(value), 'give at most 365 days')
  return ms
}

function durationOf(value: number | string, option: string): number {
  try {
    return parseDuration(value, 'ms')
  } catch (error) {
    throw new StellwerkError('OPTION_INVALID', `${option}: ${error instanceof Error ? error.message : String(error)}`, {
      details: { option },
    })
  }
}

function refusal(option: string, found: string, remedy: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', `${option} ${found} is not accepted: ${remedy}`, { details: { option } })
}

function isList(backoff: readonly number[] | ExponentialBackoff): backoff is readonly number[] {
  return Array.isArray(backoff)
}
