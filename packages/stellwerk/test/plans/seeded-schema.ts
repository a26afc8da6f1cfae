import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openPostgresSink } from '../../../../bench/seed/postgres-sink.ts'
import { seedStore } from '../../../../bench/seed/seed-store.ts'
import { laneOfJob } from '../../src/storage/postgres/lane-key.ts'
import { openPlanRecorder, type PlanRecorder } from './plan-recorder.ts'
import { planScale } from './plan-scale.ts'

/** A schema with a history and a backlog, whose statistics are up to date. */
export interface SeededSchema extends PlanRecorder {
  readonly schema: string
  /** Statements of the test itself, in the schema. */
  sql(text: string): Promise<readonly Record<string, unknown>[]>
}

/** Seeds a schema of its own. The oldest few jobs of each table are of a queue and type `rare`. */
export async function openSeededSchema(address: string): Promise<SeededSchema> {
  const schema = `plans_${randomBytes(6).toString('hex')}`
  const recorder = await openPlanRecorder(address, schema)
  const sink = await openPostgresSink(address, schema)
  await seedStore(sink, { store: address, schema, seed: 1, ...planScale }).finally(() => sink.close())
  const raw = new pg.Client({ connectionString: address })
  await raw.connect()
  await raw.query(`SET search_path = ${schema}`)
  for (const table of ['job', 'failed_job', 'finished_job']) await makeRare(raw, table)
  await raw.query(`UPDATE job SET lane = ${laneOfJob} WHERE queue = 'rare'`)
  await raw.query('VACUUM ANALYZE')
  return {
    ...recorder,
    schema,
    sql: async (text) => (await raw.query<Record<string, unknown>>(text)).rows,
    close: async () => {
      await recorder.close()
      await raw.query(`DROP SCHEMA ${schema} CASCADE`)
      await raw.end()
    },
  }
}

async function makeRare(raw: pg.Client, table: string): Promise<void> {
  const oldest = `SELECT id FROM ${table} ORDER BY id LIMIT 5`
  const { rows } = await raw.query<{ queue: string; type: string; state: string }>(
    `WITH old AS (SELECT * FROM ${table} WHERE id IN (${oldest})),
          changed AS (UPDATE ${table} SET queue = 'rare', type = 'rare' WHERE id IN (SELECT id FROM old))
     SELECT queue, type, ${table === 'failed_job' ? `'failed'` : 'state'} AS state FROM old`,
  )
  for (const { queue, type, state } of rows) {
    const delta = 'INSERT INTO tally_delta (queue, type, state, delta) VALUES'
    await raw.query(`${delta} ($1, $2, $3, -1), ('rare', 'rare', $3, 1)`, [queue, type, state])
  }
}
