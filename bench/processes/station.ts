// A station in a process of its own, as `stellwerk work` runs one.
import { setTimeout as pause } from 'node:timers/promises'
import type { RunningStation, Stellwerk } from 'stellwerk'
import { answerOrders, reply } from '../child-process.ts'
import { openBench, type ProbePayload, probeJob } from '../probe-job.ts'

/** What a station is started with. */
export interface StationOrder {
  readonly store: string
  readonly schema: string
  readonly stateDir: string
  readonly concurrency: number
  /** `noop` ends at once; `hold` runs until it is aborted; `report` tells the time since the payload's `sentAtNs`. */
  readonly handler: 'noop' | 'hold' | 'report'
}

const sampleEveryMs = 20

let stellwerk: Stellwerk | undefined
let station: RunningStation | undefined
let executions = 0
let peakRssBytes = 0
const sampler = setInterval(() => {
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss())
}, sampleEveryMs)

const handlers = {
  noop: () => {
    executions++
  },
  hold: (_payload: ProbePayload, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<void>((_resolve, reject) => {
      executions++
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    }),
  report: ({ n, sentAtNs }: ProbePayload) => {
    const startedAtNs = process.hrtime.bigint()
    executions++
    reply({ report: { n, ms: Number(startedAtNs - BigInt(sentAtNs ?? '0')) / 1e6 } })
  },
}

answerOrders({
  start: async (order) => {
    const { concurrency, handler, stateDir, ...store } = order as unknown as StationOrder
    stellwerk = await openBench(store, probeJob(handlers[handler]))
    station = await stellwerk.work({ concurrency, stateDir, grace: 0 })
  },
  untilIdle: async () => {
    await station?.untilIdle()
  },
  untilExecuted: async (order) => {
    while (executions < Number(order['count'])) await pause(sampleEveryMs)
  },
  /** Memory in bytes since the last question, and how many handlers were begun. */
  usage: () => {
    const usage = {
      peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
      rssBytes: process.memoryUsage.rss(),
      executions,
    }
    peakRssBytes = 0
    return Promise.resolve(usage)
  },
  stop: async () => {
    await stellwerk?.close()
    clearInterval(sampler)
  },
})
