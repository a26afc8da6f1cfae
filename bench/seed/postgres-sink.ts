import pg from 'pg'
import { laneOfJob } from '../../packages/stellwerk/src/storage/postgres/lane-key.ts'
import {
  listPartitions,
  missingPartitions,
  type Partition,
} from '../../packages/stellwerk/src/storage/postgres/partitions.ts'
import type { SeededRows, SeedSink } from './seed-sink.ts'

const dayMs = 86_400_000
const texts = new Set(
  'queue type state outcome station_id payload result options kind error_class error_message message stack causes host'.split(
    ' ',
  ),
)
const booleans = new Set(['in_batch', 'solo'])
const bytes = new Set(['wait_sketch', 'run_sketch'])

/** Writes into a migrated schema over a connection of its own, set by set; a commit does not wait for the disk. */
export async function openPostgresSink(address: string, schema: string): Promise<SeedSink> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(`SET search_path = "${schema}"; SET synchronous_commit = off; SET client_min_messages = warning`)
  const number = async (text: string): Promise<number> => {
    const { rows } = await client.query<{ n: string }>(text)
    return Number(rows[0]?.n ?? 0)
  }
  return {
    now: () => number('SELECT now_ms() AS n'),
    jobs: () =>
      number(
        'SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM failed_job) + (SELECT count(*) FROM finished_job) AS n',
      ),
    prepare: (from, to) => makePartitions({ client, schema }, from, to),
    insert: async (rows) => {
      await client.query(statementOf(rows), Object.values(rows.columns).map(toArray))
    },
    finish: async (lastId) => {
      await client.query(`SELECT setval('job_id', $1::bigint)`, [lastId])
      await client.query('ANALYZE')
    },
    close: () => client.end(),
  }
}

interface Place {
  readonly client: pg.Client
  readonly schema: string
}

/** Those that the stations of that time would have made, as many days and then weeks as they make: days alone would make a year slower to read than it is. */
async function makePartitions({ client, schema }: Place, from: number, to: number): Promise<void> {
  const statements = {
    query: async <R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
      (await client.query<R>(text, [...values])).rows,
  }
  for (const table of ['finished_job', 'finished_payload', 'job_attempt_by_day'] as const) {
    const present: Pick<Partition, 'from' | 'to'>[] = [...(await listPartitions(statements, `"${schema}"`, table))]
    // An attempt may have ended on the day before its job.
    for (let day = Math.floor(from / dayMs) * dayMs - dayMs; day <= to; day += dayMs) {
      for (const range of missingPartitions(present, day)) {
        present.push(range)
        const name = `${table}_${new Date(range.from).toISOString().slice(0, 10).replaceAll('-', '')}`
        await client.query(
          `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM (${range.from}) TO (${range.to})`,
        )
      }
    }
  }
}

function statementOf({ table, columns }: SeededRows): string {
  const names = Object.keys(columns)
  const arrays = names.map((name, index) => `$${index + 1}::${typeOf(name)}[]`)
  const rows = `unnest(${arrays.join(', ')}) AS given(${names.join(', ')})`
  // What the store itself computes of a live job.
  if (table === 'job') return `INSERT INTO job (${names.join(', ')}, lane) SELECT *, ${laneOfJob} FROM ${rows}`
  const into = table === 'retried_attempt' ? 'job_attempt_by_day' : table
  return `INSERT INTO ${into} (${names.join(', ')}) SELECT * FROM ${rows}`
}

function typeOf(column: string): string {
  if (texts.has(column)) return 'text'
  if (bytes.has(column)) return 'bytea'
  return booleans.has(column) ? 'boolean' : 'bigint'
}

function toArray(column: SeededRows['columns'][string]): string {
  return `{${column.map((value) => element(value)).join(',')}}`
}

function element(value: string | number | null | Uint8Array): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(Math.round(value))
  if (typeof value === 'string') return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
  return `"\\\\x${Buffer.from(value).toString('hex')}"`
}
