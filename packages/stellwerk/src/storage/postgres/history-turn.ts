import type { PostgresDatabase, PostgresTransaction } from './postgres-database.ts'
import type { Statement } from './write-minute-metrics.ts'

const key = 'hashtextextended($1, 7359)'
/** A partition of ten million rows is counted within this. */
const patience = `SET LOCAL lock_timeout = '25s'; SET LOCAL statement_timeout = '27s'`

/** A transaction of ours looks rows up by id; the next of an order come from an index by walking it. */
export const inOrder = 'SET LOCAL enable_indexscan = on'

/**
 * Takes rows out of the history by one statement, in a transaction that shares its turn with its like and waits while a partition is dropped. The turn comes before
 * any lock of a table: who deleted first and waited then would stand crosswise to the drop. @throws StellwerkError
 */
export async function takeFromHistory<R extends object>(
  db: PostgresDatabase,
  text: string,
  values: readonly unknown[],
): Promise<readonly R[]> {
  return await takeWith<R>(db, [], { text, values })
}

/** As {@link takeFromHistory} for a statement that takes the next rows of an order. @throws StellwerkError */
export async function takeNextFromHistory<R extends object>(
  db: PostgresDatabase,
  text: string,
  values: readonly unknown[],
): Promise<readonly R[]> {
  return await takeWith<R>(db, [inOrder], { text, values })
}

async function takeWith<R extends object>(
  db: PostgresDatabase,
  settings: readonly string[],
  { text, values }: Statement,
): Promise<readonly R[]> {
  return await db.transaction(async (tx) => {
    joinHistory(tx, db.schemaName)
    for (const setting of settings) tx.send(setting)
    return await tx.query<R>(text, values)
  })
}

/** Shares the turn of those who take rows out of the history until this transaction ends; to be sent before anything else. */
export function joinHistory(tx: PostgresTransaction, schemaName: string): void {
  tx.send(patience)
  tx.send(`SELECT pg_advisory_xact_lock_shared(${key})`, [`stellwerk:${schemaName}`])
}

/** Keeps all who take rows out of the history waiting until this transaction ends; false where one is at it now, or another has the turn. */
export async function holdHistory(tx: PostgresTransaction, schemaName: string): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${key}) AS mine`, [
    `stellwerk:${schemaName}`,
  ])
  return row?.mine === true
}
