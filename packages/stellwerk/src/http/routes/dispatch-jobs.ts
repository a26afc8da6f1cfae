import { z } from 'zod'
import type { DispatchOptions } from '../../client/job-settings.ts'
import type { NamedRequest } from '../../client/stellwerk-parts.ts'
import { defineRoute, type RouteDeps } from '../route.ts'
import {
  type DispatchedJobReference,
  dispatchedJobSchema,
  dispatchedJobsSchema,
  type NewJobRequest,
  newJobSchema,
  newJobsSchema,
} from '../schemas/dispatch.ts'

/** POST /jobs: one job, or many of which all or none are dispatched. */
export const dispatchJobsRoute = defineRoute({
  method: 'POST',
  path: '/jobs',
  permission: 'job:dispatch',
  summary: 'Dispatch one job, or up to 1,000 in one go, all or none; answered when they are durable',
  body: z.union([newJobSchema, newJobsSchema]),
  status: 201,
  response: z.union([dispatchedJobSchema, dispatchedJobsSchema]),
  errors: ['JOB_TYPE_UNKNOWN', 'PAYLOAD_INVALID', 'PAYLOAD_TOO_LARGE', 'PAYLOAD_NOT_JSON', 'OPTION_INVALID'],
  handle: async (deps, { body }) => {
    if ('jobs' in body) return { jobs: await dispatchAll(deps, body.jobs) }
    const [job] = await dispatchAll(deps, [body])
    if (job === undefined) throw new Error('a dispatch of one job came back without its id')
    return job
  },
})

async function dispatchAll(deps: RouteDeps, asked: readonly NewJobRequest[]): Promise<DispatchedJobReference[]> {
  const jobs = await deps.dispatchAs(deps.actor, asked.map(toRequest))
  return jobs.map(({ id, uuid }) => ({ id: String(id), uuid }))
}

function toRequest({ type, payload, options = {} }: NewJobRequest): NamedRequest {
  const { parent, ...rest } = options
  const set = Object.entries({ ...rest, parent: parent === undefined ? undefined : Number(parent) })
  const given: DispatchOptions = Object.fromEntries(set.filter(([, value]) => value !== undefined))
  return { type, payload, options: given }
}
