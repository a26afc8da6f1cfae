import { z } from 'zod'
import { orderKinds } from '../../domain/worker/worker-order.ts'
import { idSchema, timeSchema } from './scalars.ts'

/** What a station was told, by whom, and what came of it. pending: not answered yet. expired: nobody answered in time. */
export const workerOrderSchema = z
  .object({
    id: idSchema,
    station: z.string(),
    kind: z.enum(orderKinds),
    pool: z.string().nullable().meta({ description: 'null = every pool, or one worker' }),
    worker: z.string().nullable(),
    processes: z.int().nullable().meta({ description: 'For scale' }),
    job: idSchema.nullable().meta({ description: 'For cancel_job' }),
    by: z.object({ kind: z.string(), name: z.string() }),
    givenAt: timeSchema,
    expiresAt: timeSchema,
    state: z.enum(['pending', 'done', 'refused', 'expired']),
    answeredAt: timeSchema.nullable(),
    answer: z.string().nullable().meta({ description: 'What the station says about it' }),
  })
  .meta({ id: 'WorkerOrder' })

/** What a station was told. */
export type WorkerOrder = z.infer<typeof workerOrderSchema>

/** Orders, newest first. */
export const workerOrderListSchema = z
  .object({ at: timeSchema, orders: z.array(workerOrderSchema) })
  .meta({ id: 'WorkerOrderList' })

/** Orders, newest first. */
export type WorkerOrderList = z.infer<typeof workerOrderListSchema>

const nameSchema = z.string().min(1).max(200)

/** An order for one worker, a pool (on one station, or on all that have it), a station, or all of them. */
export const workerOrderRequestSchema = z
  .strictObject({
    kind: z.enum(orderKinds).exclude(['cancel_job']),
    target: z
      .strictObject({
        worker: nameSchema.optional(),
        pool: nameSchema.optional(),
        station: nameSchema.optional().meta({ description: 'Id of a station; with `pool`, that pool of it alone' }),
        all: z.literal(true).optional(),
      })
      .meta({ description: 'One of worker, pool, station, all; pool and station together name a pool of one station' }),
    processes: z.int().min(0).max(1_000).optional().meta({ description: 'For scale: how many processes the pool has' }),
  })
  .meta({ id: 'WorkerOrderRequest' })

/** An order that was asked for. */
export type WorkerOrderRequest = z.infer<typeof workerOrderRequestSchema>

/** The orders that one request became: one for each station that it reaches. */
export const workerOrdersSchema = z.object({ orders: z.array(workerOrderSchema) }).meta({ id: 'WorkerOrders' })

/** The orders that one request became. */
export type WorkerOrders = z.infer<typeof workerOrdersSchema>
