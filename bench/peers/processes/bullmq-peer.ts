import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { ProbePayload } from '../../probe-job.ts'
import { installedVersion } from './installed-version.ts'
import type { Peer, PeerKind, PeerSetting } from './peer.ts'

const name = 'probe'
const page = 5_000

/** BullMQ on a Redis of its own, as it is out of the box: completed jobs stay. */
export const bullmqPeer: PeerKind = { keepsHistory: true, open }

async function open({ address }: PeerSetting): Promise<Peer> {
  const { hostname: host, port } = new URL(address)
  const connection = { host, port: Number(port) }
  const redis = new Redis(address)
  const queue = new Queue<ProbePayload>(name, { connection })
  await queue.waitUntilReady()
  return {
    enqueue: async (payload) => {
      await queue.add(name, payload)
    },
    enqueueMany: async (payloads) => {
      await queue.addBulk(payloads.map((data) => ({ name, data })))
    },
    startWorker: async (concurrency, handle) => {
      const worker = new Worker<ProbePayload>(name, async ({ data }) => handle(data), {
        connection,
        concurrency,
      })
      worker.on('error', (error) => console.error(`bullmq: ${error.message}`))
      await worker.waitUntilReady()
      return { stop: () => worker.close() }
    },
    waitingNumbers: () => readWaiting(queue),
    isBusy: async () => {
      const { active = 0, waiting = 0 } = await queue.getJobCounts('active', 'waiting')
      return active + waiting > 0
    },
    keptJobs: () => queue.getCompletedCount(),
    facts: async () => {
      const [, appendonly = ''] = (await redis.config('GET', 'appendonly')) as readonly string[]
      const [, appendfsync = ''] = (await redis.config('GET', 'appendfsync')) as readonly string[]
      const [, redisVersion = ''] = /redis_version:(\S+)/.exec(await redis.info('server')) ?? []
      const persistence = appendonly === 'yes' ? { appendonly, appendfsync } : { appendonly }
      return { version: installedVersion('bullmq'), redis: redisVersion, ...persistence }
    },
    close: async () => {
      await queue.close()
      redis.disconnect()
    },
  }
}

async function readWaiting(queue: Queue<ProbePayload>): Promise<readonly number[]> {
  const numbers: number[] = []
  for (;;) {
    const jobs = await queue.getWaiting(numbers.length, numbers.length + page - 1)
    if (jobs.length === 0) return numbers
    for (const { data } of jobs) numbers.push(data.n)
  }
}
