import { showValue } from '../../std/show-value.ts'
import { wellFormed } from '../../std/well-formed.ts'
import type { Failure, FailureCause, FailureKind } from './failure.ts'
import { redactSecrets } from './redact-secrets.ts'

const MAX_MESSAGE_BYTES = 4096
const MAX_STACK_BYTES = 16_384
const MAX_CLASS_BYTES = 200
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
    stack: typeof stack === 'string' ? kept(stack, MAX_STACK_BYTES) : null,
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
  const name = property(thrown, 'name')
  const made = property(property(thrown, 'constructor'), 'name')
  // A subclass that sets no name of its own inherits 'Error'.
  const generic = typeof name !== 'string' || name === '' || name === 'Error'
  const chosen = generic && typeof made === 'string' && made !== '' ? made : name
  return wellFormed(typeof chosen === 'string' && chosen !== '' ? chosen : typeof thrown, MAX_CLASS_BYTES)
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return kept(thrown, MAX_MESSAGE_BYTES)
  const message = property(thrown, 'message')
  return kept(typeof message === 'string' ? message : showValue(thrown), MAX_MESSAGE_BYTES)
}

function kept(text: string, maxBytes: number): string {
  return wellFormed(redactSecrets(text.slice(0, READ_CHARACTERS)), maxBytes)
}

/** Undefined where it throws when it is read, too, and of what is no object. */
function property(owner: unknown, key: string): unknown {
  return guarded(() => Reflect.get(owner as object, key), undefined)
}

function guarded<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
