import type { JobRequest, Stellwerk } from 'stellwerk'
import { findPackages } from './find-packages.ts'
import { checkManifest, countLines, detectLicence, findLargest, hashFiles } from './jobs.ts'

const chunk = 500

/** How many packages were found and jobs dispatched so far. */
export interface DispatchCount {
  packages: number
  jobs: number
}

/** Dispatches the jobs of every package below `root`, in statements of some hundred; `count` follows as it goes. */
export async function dispatchPackages(stellwerk: Stellwerk, root: string, count: DispatchCount): Promise<void> {
  let requests: JobRequest[] = []
  const flush = async (): Promise<void> => {
    count.jobs += (await stellwerk.dispatchMany(requests)).length
    requests = []
  }
  for await (const { path, folders } of findPackages(root)) {
    const payload = { root, package: path }
    count.packages++
    requests.push(
      checkManifest.with(payload),
      countLines.with(payload),
      findLargest.with(payload),
      detectLicence.with(payload),
    )
    for (const folder of folders) requests.push(hashFiles.with({ ...payload, folder }))
    if (requests.length >= chunk) await flush()
  }
  await flush()
}
