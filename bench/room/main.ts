// npm run bench:room -- --store ADDRESS [--schema NAME] [--requests N] [--visits N] [--json]: see ../README.md.
import { setTimeout as pause } from 'node:timers/promises'
import { openStellwerk } from 'stellwerk'
import { startChromium } from '../../packages/control-room/test/chromium.ts'
import { UsageError } from '../bench-options.ts'
import { type BenchChild, startBenchChild } from '../child-process.ts'
import { machineFacts } from '../machine-facts.ts'
import { probeJob } from '../probe-job.ts'
import { percentile, round } from '../statistics.ts'
import { parseRoomOptions, type RoomOptions } from './room-options.ts'
import { pathsOf, timeRequests } from './time-requests.ts'
import { openViewers, type Session, timeVisits } from './time-visits.ts'

const watchMs = 45_000

type Figures = Readonly<Record<string, number>>

/** Exit codes: 0 = measured, 1 = broken, 2 = the command line is wrong. */
async function main(): Promise<number> {
  const options = readOptions()
  if (options === undefined) return 2
  const { store, schema } = options
  const machine = machineFacts()
  const child = startBenchChild('room')
  try {
    const session = await logIn(await child.ask<string>({ order: 'start', store, schema }))
    const figures = {
      ...(await measureRequests(options, session)),
      ...(await measurePages(options, session, child)),
    }
    const result = { store: store.startsWith('sqlite') ? 'sqlite' : 'postgres', ...figures }
    if (options.json) console.log(JSON.stringify({ ...result, machine }))
    else for (const [name, figure] of Object.entries({ ...result, ...machine })) console.log(name.padEnd(32), figure)
    return 0
  } finally {
    await child.end()
  }
}

function readOptions(): RoomOptions | undefined {
  try {
    return parseRoomOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return undefined
  }
}

async function logIn(link: string): Promise<Session> {
  const response = await fetch(link, { redirect: 'manual' })
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? []
  if (name === undefined || value === undefined) throw new Error(`the login link answered ${response.status}`)
  return { url: `${new URL(link).origin}/`, name, value }
}

async function measureRequests(options: RoomOptions, { url, name, value }: Session): Promise<Figures> {
  const cookie = `${name}=${value}`
  const jobs = await fetch(`${url}api/v1/jobs?state=completed&limit=1`, { headers: { cookie } })
  const { jobs: newest } = (await jobs.json()) as { readonly jobs: readonly { readonly id: string }[] }
  const figures: Record<string, number> = {}
  for (const [kind, path] of Object.entries(pathsOf(newest[0]?.id ?? '1', Date.now()))) {
    const { p50, p95 } = await timeRequests(`${url}api/v1${path}`, cookie, options.requests)
    figures[`${kind}_p50_ms`] = p50
    figures[`${kind}_p95_ms`] = p95
  }
  return figures
}

async function measurePages(options: RoomOptions, session: Session, room: BenchChild): Promise<Figures> {
  const browser = await startChromium()
  try {
    const visits = await timeVisits(browser, session, options.visits)
    return await whileJobsRun(options, async () => {
      const figures: Record<string, number> = { ...visits }
      for (const viewers of [1, 5]) {
        const open = await openViewers(browser, session, viewers)
        await pause(2_000)
        await room.ask({ order: 'cpu' })
        await pause(watchMs)
        const cpuMs = await room.ask<number>({ order: 'cpu' })
        const updates = await open.updates()
        await open.close()
        figures[`viewers_${viewers}_cpu_ms_per_s`] = round((cpuMs * 1_000) / watchMs, 1)
        if (viewers > 1) continue
        figures['updates'] = updates.length
        figures['update_p50_ms'] = round(percentile(updates, 0.5), 1)
        figures['update_p95_ms'] = round(percentile(updates, 0.95), 1)
      }
      return figures
    })
  } finally {
    await browser.close()
  }
}

/** A station of another process works on some jobs a second meanwhile. */
async function whileJobsRun<Result>({ store, schema }: RoomOptions, measure: () => Promise<Result>): Promise<Result> {
  const station = startBenchChild('station')
  const stellwerk = await openStellwerk({ store, schema, jobs: [probeJob()] })
  const job = probeJob()
  await station.ask({ order: 'start', store, schema, stateDir: '.', concurrency: 10, handler: 'noop' })
  let n = 0
  const dispatcher = setInterval(() => void stellwerk.dispatch(job, { n: n++ }), 100)
  try {
    return await measure()
  } finally {
    clearInterval(dispatcher)
    await station.ask({ order: 'stop' })
    await stellwerk.close()
    await station.end()
  }
}

process.exitCode = await main()
