import { describe, test } from 'vitest'
import { assertInvariants } from './invariants.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'

/** One promise of the port under its sentence; each runs on a database of its own. */
export type StoreCases = Readonly<Record<string, (opened: OpenedStore) => Promise<void>>>

/** Registers the cases of one role; after each, the invariants must hold. */
export function registerCases(role: string, harness: StoreHarness, cases: StoreCases): void {
  describe(role, () => {
    for (const [sentence, run] of Object.entries(cases)) {
      test(sentence, { timeout: 30_000 }, async () => {
        const opened = await harness.open()
        try {
          await run(opened)
          await assertInvariants(opened)
        } finally {
          await opened.close()
        }
      })
    }
  })
}
