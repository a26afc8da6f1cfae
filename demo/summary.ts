import type { JobSummary, Stellwerk } from 'stellwerk'
import { findLargest } from './jobs.ts'

/** What is said at the end; the whole of `--json`. Bytes, milliseconds. */
export interface DemoSummary {
  readonly store: string
  readonly root: string
  readonly packages: number
  readonly files: number
  readonly bytes: number
  readonly dispatched: number
  readonly completed: number
  readonly failed: number
  /** Completed after at least one failed attempt. */
  readonly completedAfterRetry: number
  readonly seconds: number
  readonly jobsPerSecond: number
  readonly slowest: readonly {
    readonly id: number
    readonly type: string
    readonly package: string
    readonly runMs: number
  }[]
  readonly largest: readonly { readonly package: string; readonly path: string; readonly bytes: number }[]
  readonly failures: readonly FailureCauseCount[]
}

/** Failed jobs of one cause. */
export interface FailureCauseCount {
  readonly cause: string
  readonly count: number
  /** At most five. */
  readonly examples: readonly { readonly id: number; readonly package: string }[]
}

/** What the demo knows itself. */
export interface RunFacts {
  readonly store: string
  readonly root: string
  readonly packages: number
  readonly dispatched: number
  readonly seconds: number
}

const payloadOf = (job: { readonly payload: string | null }): { readonly package: string; readonly folder?: string } =>
  JSON.parse(job.payload ?? '{"package":"?"}')

/** Reads the end of the run from the store, so that the work of every station is in it. */
export async function summarise(stellwerk: Stellwerk, run: RunFacts): Promise<DemoSummary> {
  const jobs = await allJobs(stellwerk)
  const completed = jobs.filter((job) => job.state === 'completed')
  const failed = jobs.filter((job) => job.state === 'failed')
  const sizes = await packageSizes(stellwerk, completed)
  return {
    ...run,
    files: sizes.reduce((sum, size) => sum + size.files, 0),
    bytes: sizes.reduce((sum, size) => sum + size.bytes, 0),
    completed: completed.length,
    failed: failed.length,
    completedAfterRetry: completed.filter((job) => job.attempt > 1).length,
    seconds: Math.round(run.seconds * 100) / 100,
    jobsPerSecond: Math.round((completed.length + failed.length) / run.seconds),
    slowest: await slowestOf(stellwerk, completed),
    largest: largestOf(sizes),
    failures: await failuresByCause(stellwerk, failed),
  }
}

async function allJobs(stellwerk: Stellwerk): Promise<readonly JobSummary[]> {
  const jobs: JobSummary[] = []
  let beforeId: number | null = Number.MAX_SAFE_INTEGER
  while (beforeId !== null) {
    const page = await stellwerk.jobs({ limit: 200, beforeId })
    jobs.push(...page.jobs)
    beforeId = page.nextBeforeId
  }
  return jobs
}

async function slowestOf(stellwerk: Stellwerk, completed: readonly JobSummary[]): Promise<DemoSummary['slowest']> {
  const slowest = completed.toSorted((a, b) => (b.runMs ?? 0) - (a.runMs ?? 0)).slice(0, 5)
  return Promise.all(
    slowest.map(async ({ id, type, runMs }) => {
      const { folder, package: path } = payloadOf(await stellwerk.job(id))
      const where = folder === undefined || folder === '.' ? path : `${path}/${folder}`
      return { id, type, package: where, runMs: Math.round(runMs ?? 0) }
    }),
  )
}

interface PackageSize {
  readonly package: string
  readonly files: number
  readonly bytes: number
  readonly largest: { readonly path: string; readonly bytes: number } | null
}

async function packageSizes(stellwerk: Stellwerk, completed: readonly JobSummary[]): Promise<readonly PackageSize[]> {
  const measured = completed.filter((job) => job.type === findLargest.name)
  const records = await Promise.all(measured.map((job) => stellwerk.job(job.id)))
  return records.map((job) => ({
    package: payloadOf(job).package,
    ...(JSON.parse(job.result ?? 'null') as Omit<PackageSize, 'package'>),
  }))
}

function largestOf(sizes: readonly PackageSize[]): DemoSummary['largest'] {
  return sizes
    .flatMap((size) => (size.largest === null ? [] : [{ package: size.package, ...size.largest }]))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 5)
}

async function failuresByCause(
  stellwerk: Stellwerk,
  failed: readonly JobSummary[],
): Promise<readonly FailureCauseCount[]> {
  const causes = Map.groupBy(failed, (job) => `${job.type}: ${job.errorClass}: ${withoutPaths(job.errorMessage ?? '')}`)
  const counted = [...causes].map(async ([cause, jobs]) => ({
    cause,
    count: jobs.length,
    examples: await Promise.all(
      jobs.slice(0, 5).map(async ({ id }) => ({ id, package: payloadOf(await stellwerk.job(id)).package })),
    ),
  }))
  return (await Promise.all(counted)).toSorted((a, b) => b.count - a.count || a.cause.localeCompare(b.cause))
}

/** One cause reads the same whatever file it was met in. */
function withoutPaths(message: string): string {
  return message.replace(/'\/[^']*'/g, "'…'").split('\n', 1)[0] ?? ''
}
