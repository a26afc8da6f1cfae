// An application that dispatches one job every few milliseconds and watches how long its event loop was blocked.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Stellwerk } from 'stellwerk'
import { answerOrders } from '../child-process.ts'
import { openBench, probeJob } from '../probe-job.ts'

/** What the application saw. */
export interface ApplicationReport {
  readonly ids: readonly number[]
  readonly failures: readonly string[]
  /** Delay of a 1 ms timer in ms: its own millisecond is taken off. */
  readonly blockMaxMs: number
  readonly blockP99Ms: number
  readonly dispatchMs: readonly number[]
}

const job = probeJob()
const resolutionMs = 1
const delays = monitorEventLoopDelay({ resolution: resolutionMs })
const ids: number[] = []
const failures: string[] = []
const dispatchMs: number[] = []
const underWay = new Set<Promise<void>>()
let stellwerk: Stellwerk | undefined
let timer: NodeJS.Timeout | undefined

answerOrders({
  open: async (order) => {
    const { store, schema } = order as unknown as { readonly store: string; readonly schema: string }
    stellwerk = await openBench({ store, schema }, job)
    await dispatchOne(stellwerk) // the first call compiles the code; a server has made it long before
  },
  begin: (order) => {
    const open = stellwerk
    if (open === undefined) throw new Error('begin before open')
    timer = setInterval(() => {
      const dispatch = dispatchOne(open).finally(() => underWay.delete(dispatch))
      underWay.add(dispatch)
    }, Number(order['everyMs']))
    delays.enable()
    return Promise.resolve()
  },
  end: async () => {
    clearInterval(timer)
    await Promise.all(underWay)
    delays.disable()
    return report()
  },
  close: async () => {
    await stellwerk?.close()
  },
})

async function dispatchOne(open: Stellwerk): Promise<void> {
  const start = performance.now()
  try {
    const { id } = await open.dispatch(job, { n: ids.length })
    ids.push(id)
    dispatchMs.push(performance.now() - start)
  } catch (error) {
    failures.push(String(error))
  }
}

function report(): ApplicationReport {
  const block = (ns: number): number => Math.max(0, ns / 1e6 - resolutionMs)
  return { ids, failures, blockMaxMs: block(delays.max), blockP99Ms: block(delays.percentile(99)), dispatchMs }
}
