import { flushCompileCache } from 'node:module'
import { keepCompiledCode } from '../std/keep-compiled-code.ts'
import { silentLog } from '../std/log.ts'
import { runWorker } from '../workers/run-worker.ts'
import { loadJobs } from './configuration/load-jobs.ts'

// A worker whose modules are TypeScript takes a quarter less memory when another has loaded them before.
keepCompiledCode()
runWorker({
  loadJobs: async ({ jobs, loader }) => {
    const definitions = await loadJobs(jobs, loader)
    // Now, for those that start while this one works; else it would be done at its end.
    flushCompileCache()
    return definitions
  },
  openStore: async ({ store: { address, schema } }) => {
    const { openStore } = await import('./open-store.ts')
    return await openStore({ address, log: silentLog, listen: false, ...(schema !== null && { schema }) })
  },
})
