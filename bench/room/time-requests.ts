import { percentile, round } from '../statistics.ts'

/** What each list and page asks for, warm. */
const DAY_MS = 86_400_000

/** Percentiles of one kind of request, in milliseconds. */
export interface RequestTimes {
  readonly p50: number
  readonly p95: number
}

const warmUp = 5

/** Addresses below /api/v1 by the name of their figure; `jobId` is a finished job. */
export function pathsOf(jobId: string, now: number): Readonly<Record<string, string>> {
  const since = (days: number): string => encodeURIComponent(new Date(now - days * DAY_MS).toISOString())
  return {
    overview: '/overview',
    queues: '/queues',
    queue: '/queues/emails',
    jobs: '/jobs',
    jobs_completed: '/jobs?state=completed',
    jobs_of_queue: '/jobs?queue=emails',
    jobs_counts: '/jobs/counts',
    job: `/jobs/${jobId}`,
    failed_jobs: '/failed-jobs',
    stations: '/stations',
    metrics_day: `/metrics?from=${since(1)}`,
    metrics_fortnight_by_hour: `/metrics?from=${since(15)}&by=hour`,
    metrics_year_by_day: `/metrics?from=${since(365)}&by=day`,
  }
}

/** Asks for one address again and again, one after the other. @throws Error for an answer other than 200 */
export async function timeRequests(address: string, cookie: string, requests: number): Promise<RequestTimes> {
  const times: number[] = []
  for (let at = 0; at < warmUp + requests; at++) {
    const startedMs = performance.now()
    const response = await fetch(address, { headers: { cookie } })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 200)}`)
    if (at >= warmUp) times.push(performance.now() - startedMs)
  }
  return { p50: round(percentile(times, 0.5), 1), p95: round(percentile(times, 0.95), 1) }
}
