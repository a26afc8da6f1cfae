import type { Client } from 'pg'

/** What a schema holds when its migrations have just run, as the statements that bring it back to that. */
export interface FreshSchema {
  readonly refill: string
}

const tablesOf = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'test_clock'`

const sequencesOf = `SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()`

/** Remembers a schema that was just made, to bring it back to that by {@link emptySchema}. */
export async function readFreshSchema(raw: Client): Promise<FreshSchema> {
  const tables = (await raw.query<{ name: string }>(tablesOf)).rows.map(({ name }) => name)
  const sequences = (await raw.query<{ name: string }>(sequencesOf)).rows.map(({ name }) => name)
  const seeds: string[] = []
  for (const table of tables) {
    const { rows } = await raw.query<{ rows: string | null }>(`SELECT jsonb_agg(t)::text AS rows FROM ${table} AS t`)
    const found = rows[0]?.rows
    if (found !== undefined && found !== null) seeds.push(insertSeed(raw, table, found))
  }
  return {
    refill: [
      'SET session_replication_role = replica',
      ...tables.map((table) => `DELETE FROM ${table}`),
      ...sequences.map((name) => `SELECT setval('${name}', 1, false)`),
      ...seeds,
      'SET session_replication_role = origin',
    ].join(';'),
  }
}

function insertSeed(raw: Client, table: string, rows: string): string {
  return `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${raw.escapeLiteral(rows)}::jsonb)`
}

/** Takes every row that was not there at first, past all triggers, and starts sequences anew. */
export async function emptySchema(raw: Client, { refill }: FreshSchema): Promise<void> {
  await raw.query(refill)
}
