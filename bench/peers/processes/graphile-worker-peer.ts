import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import type { ProbePayload } from '../../probe-job.ts'
import { installedVersion } from './installed-version.ts'
import type { Peer, PeerKind, PeerSetting } from './peer.ts'
import { openPostgresSide } from './postgres-side.ts'

const identifier = 'probe'
const jobs = 'graphile_worker._private_jobs'
const silent = new Logger(() => () => undefined)

/** graphile-worker with the settings that its page on performance gives for throughput. It deletes what has completed. */
export const graphileWorkerPeer: PeerKind = { keepsHistory: false, open }

async function open({ address, callers }: PeerSetting): Promise<Peer> {
  const utils = await makeWorkerUtils({ connectionString: address, maxPoolSize: callers, logger: silent })
  await utils.migrate()
  const side = await openPostgresSide(address)
  return {
    enqueue: async (payload) => {
      await utils.addJob(identifier, payload)
    },
    enqueueMany: async (payloads) => {
      await utils.addJobs(payloads.map((payload) => ({ identifier, payload })))
    },
    startWorker: async (concurrency, handle) => {
      const runner = await run({
        preset: {
          worker: {
            connectionString: address,
            concurrentJobs: concurrency,
            maxPoolSize: concurrency + 1,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
            logger: silent,
          },
        },
        noHandleSignals: true,
        parsedCronItems: [],
        taskList: { [identifier]: async (payload) => handle(payload as ProbePayload) },
      })
      return { stop: () => runner.stop() }
    },
    waitingNumbers: async () => (await side.column(`SELECT payload->>'n' FROM ${jobs} WHERE attempts = 0`)).map(Number),
    isBusy: async () => (await side.column(`SELECT EXISTS (SELECT FROM ${jobs})`))[0] === true,
    keptJobs: async () => Number((await side.column(`SELECT count(*) FROM ${jobs}`))[0]),
    facts: async () => ({ version: installedVersion('graphile-worker'), ...(await side.facts()) }),
    close: async () => {
      await utils.release()
      await side.close()
    },
  }
}
