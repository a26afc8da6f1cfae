import { StellwerkError } from '../domain/errors.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { durationForms, parseDuration } from '../std/duration.ts'

/** The text of an option, undefined where it was not given. */
export function textFlag(flags: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = flags[key]
  return typeof value === 'string' ? value : undefined
}

/** Whole number of an option's text within its bounds. @throws OPTION_INVALID naming the option */
export function integerOf(name: string, text: string, bounds: readonly [number, number]): number {
  const value = /^[+-]?\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || value < bounds[0] || value > bounds[1])
    throw wrong(name, text, `an integer from ${bounds[0]} to ${bounds[1]}`)
  return value
}

/** ms of an option's text; a bare number is seconds. @throws OPTION_INVALID naming the option */
export function durationOf(name: string, text: string): number {
  try {
    return parseDuration(text, 's')
  } catch {
    throw wrong(name, text, `a duration; give seconds, or ${durationForms.slice(durationForms.indexOf('a text'))}`)
  }
}

/** Unix ms of an option's text: ISO 8601, or a duration before `now`. @throws OPTION_INVALID naming the option */
export function pastTimeOf(name: string, text: string, now: number): number {
  if (/^[\d.]+(?:ms|s|m|h|d)/.test(text.trim())) return now - durationOf(name, text)
  return timeOf(name, text)
}

/** Unix ms of an option's ISO 8601 text; without a zone it is local. @throws OPTION_INVALID naming the option */
export function timeOf(name: string, text: string): number {
  const ms = /^\d{4}-\d{2}/.test(text.trim()) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw wrong(name, text, "a time; give ISO 8601 such as '2027-01-31T08:00:00Z'")
  return ms
}

/** The text itself where it is one of `words`. @throws OPTION_INVALID with did-you-mean */
export function wordOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw wrong(name, text, `one of ${words.join(', ')}${didYouMean(text, words)}`)
  return word
}

/** The error for an option whose value is not what it must be. */
export function wrong(name: string, text: string, expected: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', `${name}: '${text}' is not ${expected}`)
}
