import type { z } from 'zod'
import { StellwerkError } from '../../domain/errors.ts'
import { didYouMean } from '../../std/did-you-mean.ts'
import { readInput } from '../read-input.ts'
import { requireAccess } from '../require-access.ts'
import type { Route, RouteDeps } from '../route.ts'
import { getJobRoute } from '../routes/get-job.ts'
import { getJobLogsRoute } from '../routes/get-job-logs.ts'
import { getOverviewRoute } from '../routes/get-overview.ts'
import { listFailedJobsRoute } from '../routes/list-failed-jobs.ts'
import { listJobsRoute } from '../routes/list-jobs.ts'
import { listQueuesRoute } from '../routes/list-queues.ts'
import { listStationsRoute } from '../routes/list-stations.ts'
import { getWorkerRoute, listWorkersRoute } from '../routes/list-workers.ts'
import { getMaintenanceRoute } from '../routes/maintenance.ts'
import type { jobLogsSchema } from '../schemas/job-log.ts'
import { viewKey } from '../view-key.ts'
import type { TopicView } from './topic-view.ts'

/** What can be followed by name, each the value of a GET. */
const liveRoutes: Readonly<Record<string, Route>> = {
  overview: getOverviewRoute,
  queues: listQueuesRoute,
  stations: listStationsRoute,
  workers: listWorkersRoute,
  maintenance: getMaintenanceRoute,
  jobs: listJobsRoute,
  'failed-jobs': listFailedJobsRoute,
}

const names = [...Object.keys(liveRoutes), 'job', 'worker']
const mostTopics = 20
const mostLines = 200
/** A comma between topics, not one within a filter. */
const separator = new RegExp(`,(?=(?:${names.join('|')})(?:$|[,?:]|%3A|%3F))`, 'i')

/** The topics of a `topics` parameter, each as the viewer wrote it. @throws PARAMETER_INVALID */
export function splitTopics(text: string): readonly string[] {
  const topics = [...new Set(text.split(separator).filter((topic) => topic !== ''))]
  if (topics.length === 0 || topics.length > mostTopics)
    throw invalid(`topics: ${topics.length} are named; name 1 to ${mostTopics}, such as topics=overview,queues`)
  return topics
}

/**
 * A topic as this viewer sees it: `overview`, `queues`, `stations`, `jobs?state=failed`, `failed-jobs?…`, `job:17`, which is the job with its last lines, or `worker:w_…`.
 * @throws PARAMETER_INVALID for what is none, PERMISSION_DENIED
 */
export async function topicView(topic: string, deps: RouteDeps): Promise<TopicView> {
  const { name, rest } = parse(topic)
  const { canonical, read } = await readingOf(name, rest, deps)
  const key = viewKey(canonical, deps.actor)
  return {
    topic,
    key,
    read: () => deps.room.samples.refresh(key, read),
    now: async () => new Date(await deps.store.metrics.now()).toISOString(),
  }
}

async function readingOf(name: string, rest: string, deps: RouteDeps): Promise<Reading> {
  if (name === 'job') return jobTopic(rest, deps)
  return name === 'worker' ? workerTopic(rest, deps) : await listTopic({ name, search: rest }, deps)
}

interface Reading {
  readonly canonical: string
  readonly read: () => Promise<unknown>
}

function parse(topic: string): { readonly name: string; readonly rest: string } {
  const plain = decoded(topic)
  const [, name = '', rest = ''] = /^([a-z-]+)(?:[?:](.*))?$/s.exec(plain) ?? []
  if (names.includes(name)) return { name, rest }
  const shown = plain.slice(0, 60)
  throw invalid(`topics: '${shown}' is none${didYouMean(shown, names) || `; known are ${names.join(', ')}`}`)
}

/** Some clients escape a topic once more than the list needs. */
function decoded(topic: string): string {
  if (/[?:]/.test(topic) || !topic.includes('%')) return topic
  try {
    return decodeURIComponent(topic)
  } catch {
    return topic
  }
}

async function listTopic(
  { name, search }: { readonly name: string; readonly search: string },
  deps: RouteDeps,
): Promise<Reading> {
  const route = liveRoutes[name] ?? getOverviewRoute
  requireAccess(route, deps)
  const request = new Request('http://room.invalid/')
  const input = await readInput(route, { request, search, params: {}, maxBodyBytes: 0 })
  return {
    canonical: route.topic(input) ?? `${name}?${JSON.stringify(input.query)}`,
    read: () => route.handle(deps, input),
  }
}

function jobTopic(id: string, deps: RouteDeps): Reading {
  if (!/^[1-9]\d{0,15}$/.test(id))
    throw invalid(`topics: 'job:${id.slice(0, 40)}' names no job; give its id, such as job:17`)
  requireAccess(getJobRoute, deps)
  const input = { params: { id }, query: {}, body: undefined, headers: new Headers() }
  const read = async (): Promise<unknown> => {
    const [job, logs] = await Promise.all([getJobRoute.handle(deps, input), getJobLogsRoute.handle(deps, input)])
    const { lines } = logs as z.output<typeof jobLogsSchema>
    return { ...(job as object), lines: lines.slice(-mostLines) }
  }
  return { canonical: `job:${id}`, read }
}

function workerTopic(id: string, deps: RouteDeps): Reading {
  if (!/^\w{1,60}$/.test(id))
    throw invalid(`topics: 'worker:${id.slice(0, 40)}' names no worker; give its id, such as worker:w_0123456789abcdef`)
  requireAccess(getWorkerRoute, deps)
  const input = { params: { id }, query: {}, body: undefined, headers: new Headers() }
  return { canonical: `worker:${id}`, read: () => getWorkerRoute.handle(deps, input) }
}

function invalid(message: string): StellwerkError {
  return new StellwerkError('PARAMETER_INVALID', message)
}
