import type { Client } from 'pg'

interface Seed {
  readonly table: string
  readonly rows: string
}

/** What a schema holds and says when its migrations have just run. */
export interface FreshSchema {
  readonly nowMs: string
  readonly tables: readonly string[]
  readonly seeds: readonly Seed[]
}

const tablesOf = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'test_clock'`

/** Remembers a schema that was just made, to bring it back to that by {@link emptySchema}. */
export async function readFreshSchema(raw: Client): Promise<FreshSchema> {
  const tables = (await raw.query<{ name: string }>(tablesOf)).rows.map(({ name }) => name)
  const seeds: Seed[] = []
  for (const table of tables) {
    const { rows } = await raw.query<{ rows: string | null }>(`SELECT jsonb_agg(t)::text AS rows FROM ${table} AS t`)
    const found = rows[0]?.rows
    if (found !== undefined && found !== null) seeds.push({ table, rows: found })
  }
  const { rows } = await raw.query<{ text: string }>(
    `SELECT pg_get_functiondef((current_schema() || '.now_ms()')::regprocedure) AS text`,
  )
  return { nowMs: rows[0]?.text ?? '', tables, seeds }
}

/** Takes every row that was not there at first, past all triggers, starts sequences anew, and gives the clock back. */
export async function emptySchema(raw: Client, fresh: FreshSchema): Promise<void> {
  const sequences = await raw.query<{ name: string }>(
    `SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()`,
  )
  await raw.query(`
    SET session_replication_role = replica;
    ${fresh.tables.map((table) => `DELETE FROM ${table};`).join('')}
    ${sequences.rows.map(({ name }) => `ALTER SEQUENCE ${name} RESTART;`).join('')}
    ${fresh.nowMs};
    DROP TABLE IF EXISTS test_clock`)
  for (const { table, rows } of fresh.seeds) {
    await raw.query(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [rows],
    )
  }
  await raw.query('SET session_replication_role = origin')
}
