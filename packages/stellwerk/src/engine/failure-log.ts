import { isStellwerkError } from '../domain/errors.ts'
import type { Log, LogFields } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'

/** A trouble that lasts is told again after this. */
const repeatAfterMs = 60_000
/** Who has failed within this has to work again before a trouble of several is over: one of them may be lucky. */
const freshMs = 2_500

/** What a part of a station could not do. */
export interface Failure {
  /** The part: a service by its name, the claimer. */
  readonly source: string
  readonly message: string
  /** Left out where the message says it all. */
  readonly error?: unknown
  readonly fields?: LogFields
}

interface Trouble {
  readonly message: string
  /** Told when it is over. */
  readonly over: string
  readonly fields: LogFields
  readonly text: string
  readonly sinceMs: number
  toldMs: number
  failures: number
  /** Who has had this trouble, and when it failed last, unless it has worked since. */
  readonly sources: Map<string, number>
}

/**
 * Tells of failures that come again and again in few lines: the first at once, one that lasts each minute, and the end of it. What concerns the store is one trouble,
 * whichever parts it meets. Every single failure is a line of level debug.
 */
export class FailureLog {
  readonly #log: Log
  readonly #clock: () => number
  /** By the code of a store's error, or by the part whose own trouble it is. */
  readonly #troubles = new Map<string, Trouble>()

  /** `clock` is monotonic, ms. */
  constructor(log: Log, clock: () => number = monotonicMs) {
    this.#log = log
    this.#clock = clock
  }

  /** To be called at each failure. */
  failed(failure: Failure): void {
    const nowMs = this.#clock()
    const { source, message, error } = failure
    const code = storeCodeOf(error)
    const trouble = this.#troubleOf(failure, code, nowMs)
    trouble.failures += 1
    trouble.sources.set(source, nowMs)
    this.#log.debug(message, { ...failure.fields, source, failures: trouble.failures, error })
    if (nowMs < trouble.toldMs + repeatAfterMs) return
    trouble.toldMs = nowMs
    const lasting = trouble.failures > 1 && { failures: trouble.failures, forMs: Math.round(nowMs - trouble.sinceMs) }
    // Where a call of ours met the store says nothing: its text is enough.
    this.#log.error(trouble.message, {
      ...trouble.fields,
      ...lasting,
      error: code === undefined ? error : textOf(error),
    })
  }

  /** To be called when `source` has done what it does; costs nothing while nothing fails. */
  worked(source: string): void {
    for (const [key, trouble] of this.#troubles) {
      if (!trouble.sources.has(source)) continue
      const nowMs = this.#clock()
      trouble.sources.set(source, Number.NEGATIVE_INFINITY)
      if ([...trouble.sources.values()].some((failedMs) => failedMs > nowMs - freshMs)) continue
      this.#troubles.delete(key)
      const { over, fields, failures, sinceMs } = trouble
      this.#log.info(over, { ...fields, failures, forMs: Math.round(nowMs - sinceMs) })
    }
  }

  #troubleOf({ source, message, error, fields = {} }: Failure, code: string | undefined, nowMs: number): Trouble {
    const known = this.#troubles.get(code ?? source)
    const text = textOf(error)
    if (known !== undefined && (code !== undefined || known.text === text)) return known
    const told = code === undefined ? ownTrouble(message, fields) : storeTrouble(code)
    const begun = { ...told, text, sinceMs: nowMs, toldMs: Number.NEGATIVE_INFINITY, failures: 0, sources: new Map() }
    this.#troubles.set(code ?? source, begun)
    return begun
  }
}

type Told = Pick<Trouble, 'message' | 'over' | 'fields'>

function ownTrouble(message: string, fields: LogFields): Told {
  return { message, over: `over: ${message}`, fields }
}

function storeTrouble(code: string): Told {
  const message = 'the store fails; the station goes on by itself as soon as it works again'
  return { message, over: 'the store works again', fields: { code } }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error ?? '')
}

/** Its code where it is the store that fails, for whomever. */
function storeCodeOf(error: unknown): string | undefined {
  return isStellwerkError(error) && /^(?:STORE|SCHEMA)_/.test(error.code) ? error.code : undefined
}
