import { silentLog } from '../std/log.ts'
import { runWorker } from '../workers/run-worker.ts'
import { loadJobs } from './configuration/load-jobs.ts'

runWorker({
  loadJobs: ({ jobs, loader }) => loadJobs(jobs, loader),
  openStore: async ({ store: { address, schema } }) => {
    const { openStore } = await import('./open-store.ts')
    return await openStore({ address, log: silentLog, listen: false, ...(schema !== null && { schema }) })
  },
})
