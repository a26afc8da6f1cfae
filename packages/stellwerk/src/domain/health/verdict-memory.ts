import type { VerdictState } from './verdict.ts'

/** What was seen of one view before. */
interface View {
  state: VerdictState
  /** Null: it was so when the first look was taken. */
  since: number | null
  backlog: { readonly at: number; readonly pending: number }[]
}

/** How far back a backlog is compared, ms, and how often it is noted. */
const compareMs = 300_000
const noteEveryMs = 15_000
const longestMs = 2 * compareMs
const mostViews = 100

/** Remembers what verdicts need of earlier looks: since when a state lasts, and how long the backlog was. One per process; views (of one actor's queues) apart. */
export class VerdictMemory {
  readonly #views = new Map<string, View>()

  /** The backlog about five minutes before `now` (Unix ms), null where nobody looked then. */
  backlogBefore(view: string, now: number): { readonly pending: number; readonly agoMs: number } | null {
    const then = this.#views.get(view)?.backlog.findLast(({ at }) => now - at >= compareMs)
    if (then === undefined || now - then.at > longestMs) return null
    return { pending: then.pending, agoMs: now - then.at }
  }

  /** Notes what was seen now; returns since when the state lasts, null where it has been so from the first look. */
  note(view: string, now: number, seen: { readonly state: VerdictState; readonly pending: number }): number | null {
    const known = this.#views.get(view) ?? { state: seen.state, since: null, backlog: [] }
    this.#forgetOldest(view)
    this.#views.set(view, known)
    if (known.state !== seen.state) {
      known.state = seen.state
      known.since = now
    }
    const newest = known.backlog.at(-1)
    if (newest === undefined || now - newest.at >= noteEveryMs) {
      const kept = known.backlog.filter(({ at }) => now - at <= longestMs && at <= now)
      known.backlog = [...kept, { at: now, pending: seen.pending }]
    }
    return known.since
  }

  #forgetOldest(view: string): void {
    this.#views.delete(view)
    const [oldest] = this.#views.keys()
    if (this.#views.size >= mostViews && oldest !== undefined) this.#views.delete(oldest)
  }
}
