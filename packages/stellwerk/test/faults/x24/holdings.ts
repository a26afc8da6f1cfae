import { existsSync, readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Holdings } from './soak-sample.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What this process holds after a full garbage collection. */
export function holdings(): Holdings {
  collect()
  const { rss, heapUsed } = process.memoryUsage()
  const fds = existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : null
  const kinds: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1
  return { pid: process.pid, rss, heapUsed, fds, kinds }
}
