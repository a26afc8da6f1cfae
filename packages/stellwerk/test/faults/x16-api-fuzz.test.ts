import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { LineProcess, untilHolds } from './line-process.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { type Description, type FuzzRequest, fuzzRequests } from './x16/fuzz-requests.ts'
import type { RoomSaid, RoomSetup } from './x16/room-said.ts'
import { sendGarbage } from './x16/socket-garbage.ts'

/** Requests by the description; one tenth as many connections with garbage come on top. */
const requests = faultFigure({ npm: 600, ci: 10_000, release: 1_000_000 })
const isMeasured = requests >= 10_000
const sideBySide = 8
const grownBytes = 50 * 1_048_576
const othersWaitMs = 50
/** A fifth as many requests come before. */
const warmUpPart = 5
/** V8 lets the young generation grow by 70 MB under load, sooner or later: bounded, what grows is what somebody keeps. */
const flags = ['--expose-gc', '--max-semi-space-size=8']

interface Room {
  readonly url: string
  memory(): Promise<Extract<RoomSaid, { kind: 'memory' }>>
  end(): Promise<void>
}

async function startRoom(kind: (typeof storeKinds)[number]): Promise<Room> {
  const database = await openLiveDatabase(kind)
  onTestFinished(() => database.close())
  const setup: RoomSetup = { address: database.address }
  const child = new LineProcess<RoomSaid>(new URL('./x16/room-process.ts', import.meta.url), setup, flags)
  onTestFinished(() => child.abort())
  await untilHolds(() => child.said.length > 0, 'the room listens', 60_000)
  const [first] = child.said
  if (first?.kind !== 'listening') throw new Error('the room did not say where it listens')
  return {
    url: first.url,
    memory: async () => {
      const before = child.said.length
      child.say('memory')
      await untilHolds(() => child.said.length > before, 'the room says what memory it holds', 30_000)
      const said = child.said.at(-1)
      if (said?.kind !== 'memory') throw new Error('the room said something else')
      return said
    },
    end: () => child.finish(),
  }
}

interface Tally {
  readonly byStatus: Record<string, number>
  readonly wrong: string[]
}

/** One request; what it is answered with is counted, and noted where it is not one of the answers that are described. */
async function send(url: string, request: FuzzRequest, tally: Tally): Promise<void> {
  const { operation, method, target, headers, body } = request
  const response = await fetch(`${url}${target}`, {
    method,
    headers,
    ...(body !== null && { body }),
    redirect: 'manual',
  })
  const text = await response.text()
  const { status } = response
  tally.byStatus[status] = (tally.byStatus[status] ?? 0) + 1
  const isReport = status === 503 && operation === 'GET /health' && text.includes('"unhealthy"')
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true
  if ((status >= 500 && !isReport) || (status >= 400 && status < 500 && !isProblem))
    tally.wrong.push(`${status} for ${operation} ${target} ${String(body).slice(0, 200)}: ${text.slice(0, 300)}`)
}

/** Another version of HTTP; and a page, in a checkout whose pages are not built. */
function isAllowed(status: number, exchange: string): boolean {
  return status === 505 || (status === 503 && exchange.includes('text/html'))
}

/** Sends all of them, a few at a time. */
async function sendAll(url: string, all: readonly FuzzRequest[], tally: Tally): Promise<void> {
  const waiting = all.values()
  const lanes = Array.from({ length: sideBySide }, async () => {
    for (const request of waiting) await send(url, request, tally)
  })
  await Promise.all(lanes)
}

/** A polite client in a thread of its own; `stop` tells how long its answers took, ms, the quickest first. */
function watch(url: string): { stop(): Promise<readonly number[]> } {
  const worker = new Worker(new URL('./x16/polite-client.ts', import.meta.url), { workerData: { url } })
  return {
    stop: async () => {
      worker.postMessage('stop')
      const [took] = (await once(worker, 'message')) as [number[]]
      await worker.terminate()
      return took.toSorted((one, other) => one - other)
    },
  }
}

test.each(storeKinds)(
  'X16: whatever is sent to the interface on %s is answered, and nothing of it stays',
  { timeout: 3_600_000 },
  async (kind) => {
    const seed = faultSeed(`X16 ${kind}`)
    const room = await startRoom(kind)
    const description = (await (await fetch(`${room.url}/api/v1/openapi.json`)).json()) as Description
    const arbitrary = fuzzRequests(description)
    const tally: Tally = { byStatus: {}, wrong: [] }
    const port = Number(new URL(room.url).port)
    const random = randomOf(seed)
    const sockets: Record<string, number> = {}
    const storm = async (count: number, firstSeed: number): Promise<void> => {
      for (let sent = 0, round = 0; sent < count; round++) {
        const batch = fc.sample(arbitrary, { seed: firstSeed + round, numRuns: Math.min(1_000, count - sent) })
        sent += batch.length
        const garbage = Array.from({ length: Math.ceil(batch.length / 10) }, async () => {
          const { status, exchange } = await sendGarbage(port, random)
          if (status !== null && status >= 500 && !isAllowed(status, exchange)) tally.wrong.push(exchange)
          sockets[String(status)] = (sockets[String(status)] ?? 0) + 1
        })
        await Promise.all([sendAll(room.url, batch, tally), ...garbage])
      }
    }
    await storm(Math.ceil(requests / warmUpPart), seed)
    const before = await room.memory()
    const watching = watch(room.url)
    await storm(requests, seed + requests)
    const took = await watching.stop()
    const after = await room.memory()
    const p99Ms = Math.round(took[Math.floor(took.length * 0.99)] ?? 0)
    const grownMb = Math.round((after.rss - before.rss) / 1_048_576)
    const heldMb = Math.round((after.held - before.held) / 1_048_576)
    report(`X16 ${kind}`, {
      requests,
      heldMb,
      beforeMb: Math.round(before.rss / 1_048_576),
      ...tally.byStatus,
      sockets,
      grownMb,
      others: took.length,
      p99Ms,
    })
    expect(tally.wrong.slice(0, 5)).toEqual([])
    expect(after.errors).toEqual([])
    // A fuzz that never gets past the door tries nothing, and neither does one that is never refused.
    expect(tally.byStatus['200'] ?? 0).toBeGreaterThan(requests / 10)
    expect(tally.byStatus['201'] ?? 0).toBeGreaterThan(0)
    expect(tally.byStatus['400'] ?? 0).toBeGreaterThan(requests / 10)
    expect(sockets['400'] ?? 0).toBeGreaterThan(0)
    if (isMeasured) {
      expect(after.rss - before.rss).toBeLessThan(grownBytes)
      expect(p99Ms).toBeLessThanOrEqual(othersWaitMs)
    }
    await room.end()
  },
)
