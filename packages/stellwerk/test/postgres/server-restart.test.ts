import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Log, LogLevel } from '../../src/std/log.ts'
import { sleep } from '../../src/std/sleep.ts'
import { type EmbeddedPostgresServer, startEmbeddedPostgres } from '../setup/embedded-postgres-server.ts'

let server: EmbeddedPostgresServer

beforeAll(async () => {
  // What was committed must be there after the crash, so this server writes as in production.
  server = await startEmbeddedPostgres()
})

afterAll(() => server.stop())

test.each([
  ['at once', 0],
  ['after 5 s', 5_000],
] as const)(
  'a server that crashes and comes back %s: nothing is lost or reported as failed, and work goes on by itself within 10 s',
  async (_when, gapMs) => {
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-restart-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const schema = `restart_${gapMs}`
    const ran = new Map<number, number>()
    const job = defineJob({
      name: 'count',
      handle: async (_payload, { job: { id } }) => {
        await sleep(2)
        ran.set(id, (ran.get(id) ?? 0) + 1)
      },
    })
    const lines: Line[] = []
    const stellwerk = await openStellwerk({ store: server.url, schema, jobs: [job], migrate: true, log: into(lines) })
    const station = await stellwerk.work({ concurrency: 10, stateDir: folder })
    const ids: number[] = []
    const refused: unknown[] = []
    let isOver = false
    const application = (async () => {
      while (!isOver) {
        await stellwerk
          .dispatch(job, undefined)
          .then(({ id }) => ids.push(id))
          .catch((error: unknown) => refused.push(error))
        await sleep(2)
      }
    })()
    await vi.waitFor(() => expect(ran.size).toBeGreaterThan(50), 20_000)
    await server.crash()
    await sleep(gapMs)
    await server.startAgain()
    const backMs = performance.now()
    const ranBefore = ran.size
    await vi.waitFor(() => expect(ran.size).toBeGreaterThan(ranBefore + 20), 20_000)
    const tookMs = performance.now() - backMs
    isOver = true
    await application
    await station.untilIdle()
    await vi.waitFor(() => expect(ids.filter((id) => !ran.has(id))).toEqual([]), 20_000)
    await untilReturnIsTold(lines, gapMs > 0 ? 1 : 0)
    await station.untilIdle()
    await station.stop()
    await stellwerk.close()
    console.log(`back at work ${Math.round(tookMs)} ms after the server's return; ${ids.length} jobs, ${ran.size} ran`)
    expect(tookMs).toBeLessThan(10_000)
    expect(refused).toEqual([])
    await expectFinishedOnce(schema, ids)
    const told = lines.filter(({ level }) => level !== 'debug')
    expect(told.length, JSON.stringify(told)).toBeLessThanOrEqual(12)
  },
)

interface Line {
  readonly level: LogLevel
  readonly message: string
}

function into(lines: Line[]): Log {
  const at = (level: LogLevel) => (message: string) => void lines.push({ level, message })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** However many parts of the station fail, and however often: each loss is told once, and each return. */
async function untilReturnIsTold(lines: readonly Line[], atLeast: number): Promise<void> {
  const times = (text: string) => lines.filter(({ message }) => message.startsWith(text)).length
  await vi.waitFor(() => {
    expect(times('the store fails;')).toBeGreaterThanOrEqual(atLeast)
    expect(times('the store works again')).toBe(times('the store fails;'))
  }, 20_000)
}

async function expectFinishedOnce(schema: string, ids: readonly number[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query<{ id: string; state: string }>(
    `SELECT id, state FROM ${schema}.finished_job ORDER BY id`,
  )
  const left = await client.query(`SELECT id FROM ${schema}.job UNION ALL SELECT id FROM ${schema}.failed_job`)
  await client.end()
  expect(left.rows).toEqual([])
  expect(rows.map(({ id }) => Number(id))).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['completed']))
}
