import { PgBoss } from 'pg-boss'
import type { ProbePayload } from '../../probe-job.ts'
import { installedVersion } from './installed-version.ts'
import type { Peer, PeerKind, PeerSetting } from './peer.ts'
import { openPostgresSide } from './postgres-side.ts'

const queue = 'probe'
/** Two fetches under way at a time, each of as many jobs as graphile-worker's local queue has, without a pause between full ones. */
const inBatches = { batchSize: 500, localConcurrency: 2, burstWhenBatchFull: true } as const

const jobs = `pgboss.job WHERE name = '${queue}'`

/** pg-boss with batches that follow each other without a pause; with LISTEN where the start of single jobs is measured. */
export const pgBossPeer: PeerKind = { keepsHistory: true, open }

async function open({ address, callers, idle }: PeerSetting): Promise<Peer> {
  const boss = new PgBoss({ connectionString: address, max: callers, useListenNotify: idle })
  boss.on('error', (error) => console.error(`pg-boss: ${error.message}`))
  await boss.start()
  await boss.createQueue(queue, { notify: idle })
  const side = await openPostgresSide(address)
  return {
    enqueue: async (payload) => {
      await boss.send(queue, payload)
    },
    enqueueMany: async (payloads) => {
      await boss.insert(
        queue,
        payloads.map((data) => ({ data })),
      )
    },
    startWorker: async (concurrency, handle) => {
      const options = idle ? { localConcurrency: concurrency } : inBatches
      await boss.work<ProbePayload>(queue, options, (batch) => {
        for (const { data } of batch) handle(data)
        return Promise.resolve()
      })
      return { stop: () => boss.offWork(queue) }
    },
    waitingNumbers: async () => (await side.column(`SELECT data->>'n' FROM ${jobs} AND state = 'created'`)).map(Number),
    isBusy: async () => (await side.column(`SELECT EXISTS (SELECT FROM ${jobs} AND state < 'completed')`))[0] === true,
    keptJobs: async () => Number((await side.column(`SELECT count(*) FROM ${jobs} AND state = 'completed'`))[0]),
    facts: async () => ({ version: installedVersion('pg-boss'), ...(await side.facts()) }),
    close: async () => {
      await boss.stop()
      await side.close()
    },
  }
}
