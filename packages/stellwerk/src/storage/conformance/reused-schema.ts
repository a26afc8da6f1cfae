import type { Client } from 'pg'

/** What a schema holds when its migrations have just run, as the statements that bring it back to that. */
export interface FreshSchema {
  readonly partitions: readonly string[]
  readonly refill: string
}

const tablesOf = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'test_clock'`

const partitionsOf = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relispartition ORDER BY relname`

/** Tables that deleted rows have made so long that reading past them takes longer than making them anew. */
const swollenTablesOf = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 262144`

const sequencesOf = `SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()`

/** Remembers a schema that was just made, to bring it back to that by {@link emptySchema}. */
export async function readFreshSchema(raw: Client): Promise<FreshSchema> {
  const tables = await namesOf(raw, tablesOf)
  const sequences = await namesOf(raw, sequencesOf)
  const seeds: string[] = []
  for (const table of tables) {
    const { rows } = await raw.query<{ rows: string | null }>(`SELECT jsonb_agg(t)::text AS rows FROM ${table} AS t`)
    const found = rows[0]?.rows
    if (found !== undefined && found !== null) seeds.push(insertSeed(raw, table, found))
  }
  return {
    partitions: await namesOf(raw, partitionsOf),
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

/** Takes every row and partition that was not there at first, past all triggers, and starts sequences anew. */
export async function emptySchema(raw: Client, { partitions, refill }: FreshSchema): Promise<void> {
  const added = (await namesOf(raw, partitionsOf)).filter((name) => !partitions.includes(name))
  if (added.length > 0) await raw.query(`DROP TABLE ${added.join(', ')}`)
  const swollen = await namesOf(raw, swollenTablesOf)
  if (swollen.length > 0) await raw.query(`TRUNCATE ${swollen.join(', ')}`)
  await raw.query(refill)
}

async function namesOf(raw: Client, query: string): Promise<readonly string[]> {
  return (await raw.query<{ name: string }>(query)).rows.map(({ name }) => name)
}
