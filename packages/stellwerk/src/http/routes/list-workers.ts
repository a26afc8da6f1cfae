import { z } from 'zod'
import { findWorker } from '../../operations/find-worker.ts'
import { listWorkers } from '../../operations/list-workers.ts'
import { defineRoute } from '../route.ts'
import { workerDetailSchema, workerListSchema } from '../schemas/worker.ts'
import { toIso } from '../shapes/to-job.ts'
import { toOrder, toWorker, toWorkerList } from '../shapes/to-worker.ts'

/** GET /workers: every worker on record. */
export const listWorkersRoute = defineRoute({
  method: 'GET',
  path: '/workers',
  permission: 'station:read',
  summary: 'Every worker on record with pools, stations, figures and pending orders; those of dead stations for a day',
  response: workerListSchema,
  errors: [],
  topic: () => 'workers',
  handle: async (deps) => toWorkerList(await listWorkers(deps)),
})

/** GET /workers/:id: one worker. */
export const getWorkerRoute = defineRoute({
  method: 'GET',
  path: '/workers/:id',
  permission: 'station:read',
  summary: 'One worker, with the orders that concerned it',
  params: z.object({ id: z.string().min(1).max(60).meta({ description: 'Id of the worker' }) }),
  response: workerDetailSchema,
  errors: ['WORKER_NOT_FOUND'],
  topic: ({ params }) => `worker:${params.id}`,
  handle: async (deps, { params }) => {
    const { now, worker, orders } = await findWorker(deps, params.id)
    return { ...toWorker(worker, now), at: toIso(now), orders: orders.map(toOrder) }
  },
})
