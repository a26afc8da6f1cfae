import type { JobState } from '../../domain/job/job-state.ts'
import type { SqliteStatements } from './statement.ts'

const UPSERT = /* sql */ `
  INSERT INTO tally (queue, type, state, count) VALUES (?, ?, ?, ?)
  ON CONFLICT (queue, type, state) DO UPDATE SET count = count + excluded.count`

/** What counters are kept for. */
export interface Counted {
  readonly queue: string
  readonly type: string
}

interface Change {
  readonly queue: string
  readonly type: string
  readonly state: JobState
  count: number
}

/** What one transaction does to the counters, summed up so that each counter is written once. */
export class TallyChanges {
  readonly #changes = new Map<string, Change>()
  /** The counter last changed per state: neighbours mostly share it, and comparing is cheaper than a key. */
  readonly #newest = new Map<JobState, Change>()

  /** `count` jobs of a queue and type entered (or, negative, left) a state. */
  add(of: Counted, state: JobState, count = 1): void {
    const newest = this.#newest.get(state)
    const change =
      newest !== undefined && newest.type === of.type && newest.queue === of.queue ? newest : this.#find(of, state)
    change.count += count
  }

  /** A job went from one state to another. */
  move(of: Counted, from: JobState, to: JobState): void {
    this.add(of, from, -1)
    this.add(of, to, 1)
  }

  #find({ queue, type }: Counted, state: JobState): Change {
    const key = `${state}\n${queue}\n${type}`
    const change = this.#changes.get(key) ?? { queue, type, state, count: 0 }
    this.#changes.set(key, change)
    this.#newest.set(state, change)
    return change
  }

  /** Writes the sums; to be called once, inside the transaction that moved the rows. */
  apply(connection: SqliteStatements): void {
    const upsert = connection.prepare(UPSERT)
    for (const { queue, type, state, count } of this.#changes.values()) {
      if (count !== 0) upsert.run(queue, type, state, count)
    }
  }
}
