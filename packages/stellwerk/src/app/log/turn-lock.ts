import { closeSync, openSync, statSync, unlinkSync } from 'node:fs'
import { monotonicMs } from '../../std/monotonic.ts'

/** A lock file that stays this long was left behind by a process that was killed within its turn, which takes less than a millisecond. */
const abandonedMs = 5_000

/** A lock among the processes of a machine, by a file that only one of them can make. Nobody waits for it: who does not get it goes on without. */
export class TurnLock {
  readonly #path: string
  #seen: { readonly ino: number; readonly sinceMs: number } | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Calls `use` while it holds the lock; does nothing where another holds it. @throws what `use` throws, and what the system says */
  take(use: () => void): void {
    if (!this.#make()) {
      this.#removeIfAbandoned()
      return
    }
    try {
      use()
    } finally {
      unlinkSync(this.#path)
    }
  }

  #make(): boolean {
    try {
      closeSync(openSync(this.#path, 'wx', 0o640))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  }

  #removeIfAbandoned(): void {
    const ino = statSync(this.#path, { throwIfNoEntry: false })?.ino
    if (ino === undefined) return
    if (this.#seen?.ino !== ino) this.#seen = { ino, sinceMs: monotonicMs() }
    else if (monotonicMs() - this.#seen.sinceMs > abandonedMs) {
      this.#seen = undefined
      unlinkSync(this.#path)
    }
  }
}
