import type { ClaimStore } from '../storage/claim-store.ts'

const kept = 200

/** How long the newest claims took: who works on the store beside the claims gives way when they get slow. */
export class ClaimPace {
  readonly #durationsMs: number[] = []

  /** The same claims, each measured. */
  measured(claims: ClaimStore): ClaimStore {
    return {
      ...claims,
      claim: async (request) => {
        const startedMs = performance.now()
        const claimed = await claims.claim(request)
        this.note(performance.now() - startedMs)
        return claimed
      },
    }
  }

  /** One claim took so long. */
  note(durationMs: number): void {
    this.#durationsMs.push(durationMs)
    if (this.#durationsMs.length > kept) this.#durationsMs.shift()
  }

  /** The time within which 99 of 100 of the newest 200 claims were done, ms; 0 where there was none. */
  p99Ms(): number {
    const sorted = this.#durationsMs.toSorted((one, other) => one - other)
    return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0
  }

  /** What was measured no longer counts. */
  forget(): void {
    this.#durationsMs.length = 0
  }
}
