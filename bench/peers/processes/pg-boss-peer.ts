import { PgBoss } from 'pg-boss'
import type { ProbePayload } from '../../probe-job.ts'
import { installedVersion } from './installed-version.ts'
import type { Peer, PeerKind, PeerSetting } from './peer.ts'
import { openPostgresSide } from './postgres-side.ts'

const queue = 'probe'
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
      // One fetch takes as many jobs as may run at once, and its handler runs them side by side.
      const options = idle ? { localConcurrency: concurrency } : { batchSize: concurrency, burstWhenBatchFull: true }
      await boss.work<ProbePayload>(queue, options, async (batch) => {
        await Promise.all(batch.map(async ({ data }) => handle(data)))
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
