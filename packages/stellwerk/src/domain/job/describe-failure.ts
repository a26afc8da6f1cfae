import { showValue } from '../../std/show-value.ts'
import { wellFormed } from '../../std/well-formed.ts'
import type { Failure, FailureCause, FailureKind } from './failure.ts'
import { redactSecrets } from './redact-secrets.ts'

/** What is kept of a failure's texts, bytes in UTF-8. */
export const maxMessageBytes = 4_096
export const maxStackBytes = 16_384
export const maxClassBytes = 200
const MAX_CAUSES = 8
/** Secrets are looked for before the text is cut, so that no cut half of one escapes the patterns; beyond this nothing is read. */
const READ_CHARACTERS = 65_536

/**
 * What is kept of anything that was thrown: errors, texts, undefined, frozen or circular objects, proxies. Never throws.
 * Passwords of connection strings and of pairs such as `password=...` are replaced. The causes hold the chain of `cause` and the errors of an AggregateError.
 */
export function describeFailure(thrown: unknown, kind: FailureKind = 'error'): Failure {
  const stack = property(thrown, 'stack')
  return {
    kind,
    errorClass: classOf(thrown),
    message: messageOf(thrown),
    stack: typeof stack === 'string' ? kept(stack, maxStackBytes) : null,
    causes: causesOf(thrown),
  }
}

/** The first `count` frames of a stack that are neither Node's nor a dependency's, trimmed, for display. */
export function ownFrames(stack: string | null, count = 3): readonly string[] {
  if (stack === null) return []
  const frames = stack.split('\n').map((line) => line.trim())
  return frames.filter((frame) => frame.startsWith('at ') && !isForeign(frame)).slice(0, count)
}

function isForeign(frame: string): boolean {
  return /\bnode:|[\\/]node_modules[\\/]|<anonymous>\)?$|\bnative\b/.test(frame)
}

function causesOf(thrown: unknown): readonly FailureCause[] {
  const seen = new Set<unknown>([thrown])
  const causes: FailureCause[] = []
  const open = [...linksOf(thrown)]
  while (open.length > 0 && causes.length < MAX_CAUSES) {
    const link = open.shift()
    if (seen.has(link)) continue
    seen.add(link)
    causes.push({ errorClass: classOf(link), message: messageOf(link) })
    open.unshift(...linksOf(link))
  }
  return causes
}

/** The cause of an error first, then the errors that an AggregateError holds. */
function linksOf(thrown: unknown): readonly unknown[] {
  const cause = property(thrown, 'cause')
  const links = cause === undefined ? [] : [cause]
  const errors = property(thrown, 'errors')
  return guarded(() => (Array.isArray(errors) ? [...links, ...errors.slice(0, MAX_CAUSES)] : links), links)
}

function classOf(thrown: unknown): string {
  if (thrown === null) return 'null'
  if (typeof thrown !== 'object' && typeof thrown !== 'function') return typeof thrown
  const name = property(thrown, 'name')
  const made = property(property(thrown, 'constructor'), 'name')
  // A subclass that sets no name of its own inherits 'Error'.
  const generic = typeof name !== 'string' || name === '' || name === 'Error'
  const chosen = generic && typeof made === 'string' && made !== '' ? made : name
  return wellFormed(typeof chosen === 'string' && chosen !== '' ? chosen : typeof thrown, maxClassBytes)
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return kept(thrown, maxMessageBytes)
  const message = property(thrown, 'message')
  return kept(typeof message === 'string' ? message : showValue(thrown), maxMessageBytes)
}

function kept(text: string, maxBytes: number): string {
  return wellFormed(redactSecrets(text.slice(0, READ_CHARACTERS)), maxBytes)
}

function property(owner: unknown, key: string): unknown {
  if (owner === null || (typeof owner !== 'object' && typeof owner !== 'function')) return undefined
  return guarded(() => Reflect.get(owner, key), undefined)
}

function guarded<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
