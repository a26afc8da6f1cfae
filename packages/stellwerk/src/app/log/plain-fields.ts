import { redactSecrets } from '../../domain/job/redact-secrets.ts'
import type { LogFields } from '../../std/log.ts'
import { showValue } from '../../std/show-value.ts'
import { wellFormed } from '../../std/well-formed.ts'
import { describeError } from './describe-error.ts'

/** Longest text of one field, in bytes. What is longer is cut: one event may not fill a disk. */
const maxTextBytes = 16_384

/** Secrets are looked for before a text is cut; beyond this nothing is read. */
const readCharacters = 65_536

/** `fields` as values that every channel can write: errors become texts, texts are bounded and well formed, and what is no JSON is shown as Node shows it. Never throws. */
export function plainFields(fields: LogFields, isDetailed: boolean): LogFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plainValue(value, isDetailed)]),
  )
}

/** A text as a line may hold it: well formed and bounded. */
export function boundedText(text: string): string {
  return wellFormed(text, maxTextBytes)
}

function plainValue(value: unknown, isDetailed: boolean): unknown {
  if (value instanceof Error)
    return boundedText(redactSecrets(describeError(value, isDetailed).slice(0, readCharacters)))
  if (typeof value === 'string') return boundedText(value)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  const json = typeof value === 'number' ? undefined : jsonOf(value)
  if (json === undefined) return boundedText(showValue(value))
  return json.length > maxTextBytes ? boundedText(json) : (JSON.parse(json) as unknown)
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
