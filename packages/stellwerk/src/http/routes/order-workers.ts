import { z } from 'zod'
import { listOrders } from '../../operations/list-orders.ts'
import { orderWorkers } from '../../operations/order-workers.ts'
import { defineRoute } from '../route.ts'
import { workerOrderListSchema, workerOrderRequestSchema, workerOrdersSchema } from '../schemas/worker-order.ts'
import { toIso } from '../shapes/to-job.ts'
import { toOrder } from '../shapes/to-worker.ts'
import { withoutUnset } from '../without-unset.ts'

/** GET /workers/orders: what stations were told. */
export const listOrdersRoute = defineRoute({
  method: 'GET',
  path: '/workers/orders',
  permission: 'station:read',
  summary: 'What stations were told within a day, newest first, and what came of it',
  query: z.object({
    station: z.string().max(200).optional().meta({ description: 'Id of a station' }),
    pending: z.enum(['true', 'false']).optional().meta({ description: 'true: only those without an answer' }),
    limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: '50 where nothing is said' }),
  }),
  response: workerOrderListSchema,
  errors: [],
  handle: async (deps, { query: { station, pending, limit = 50 } }) => {
    const filter = withoutUnset({ stationId: station, pendingOnly: pending === 'true' })
    const { now, orders } = await listOrders(deps, { ...filter, limit })
    return { at: toIso(now), orders: orders.map(toOrder) }
  },
})

/** POST /workers/orders: tells workers something. */
export const orderWorkersRoute = defineRoute({
  method: 'POST',
  path: '/workers/orders',
  permission: 'worker:control',
  summary: 'Tell one worker, a pool, a station or all of them to start, stop, restart, pause, resume or scale',
  body: workerOrderRequestSchema,
  status: 201,
  response: workerOrdersSchema,
  errors: ['OPTION_INVALID', 'WORKER_NOT_FOUND', 'POOL_NOT_FOUND', 'STATION_NOT_FOUND', 'ORDER_REFUSED'],
  handle: async (deps, { body: { kind, target, processes = null } }) => {
    const orders = await orderWorkers(deps, { kind, target: withoutUnset(target), processes })
    return { orders: orders.map(toOrder) }
  },
})
