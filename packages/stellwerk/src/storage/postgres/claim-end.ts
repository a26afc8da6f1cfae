import type { TransactionStore } from '../transaction-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** How far the server's clock may have stepped back since the claim. */
const clockMarginMs = 2 * 86_400_000

const completedSql = (s: string): string => /* sql */ `
  SELECT 1 AS found FROM ${s}.finished_job WHERE id = $1 AND claim_seq = $2 AND finished_at >= $3 AND state = 'completed'
  UNION ALL SELECT 1 FROM ${s}.archived_job WHERE id = $1 AND claim_seq = $2 AND state = 'completed'`

/** Only a row that nobody is writing is known to stay. */
const heldSql = (s: string): string => /* sql */ `
  SELECT 1 AS found FROM ${s}.job AS j WHERE id = $1 AND claim_seq = $2 AND j.state || '' = 'processing' FOR UPDATE SKIP LOCKED`

const visibleSql = (s: string): string => /* sql */ `
  SELECT 1 AS found FROM ${s}.job AS j WHERE id = $1 AND claim_seq = $2 AND j.state || '' = 'processing'`

/** Statements of their own, in this order: a claim that ends between two of them is found by the last. */
export function createClaimEnd(db: PostgresDatabase): TransactionStore['claimEnd'] {
  const [completed, held, visible] = [completedSql(db.schema), heldSql(db.schema), visibleSql(db.schema)]
  const isFound = async (text: string, values: readonly number[]): Promise<boolean> =>
    (await db.query(text, values)).length > 0
  return async ({ id, claimSeq, claimedAt }) => {
    const history = [id, claimSeq, Math.floor(claimedAt) - clockMarginMs]
    if (await isFound(completed, history)) return 'completed'
    if (await isFound(held, [id, claimSeq])) return 'held'
    if (await isFound(visible, [id, claimSeq])) return 'undecided'
    return (await isFound(completed, history)) ? 'completed' : 'lost'
  }
}
