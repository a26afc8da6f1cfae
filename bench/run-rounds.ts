import type { Checks } from './verify-store.ts'

/** What every round tells. */
export interface RoundOutcome {
  readonly elapsedMs: number
  readonly checks: Checks
  readonly storeFacts: Readonly<Record<string, string>>
}

/** Runs a round `rounds` times, one after the other, each on a store of its own. */
export async function runRounds<Outcome extends RoundOutcome>(
  rounds: number,
  runRound: () => Promise<Outcome>,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly storeFacts: Readonly<Record<string, string>> }> {
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) outcomes.push(await runRound())
  return { outcomes, storeFacts: outcomes[0]?.storeFacts ?? {} }
}
