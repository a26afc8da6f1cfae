import { z } from 'zod'
import { durationMsSchema, timeSchema } from './scalars.ts'

/** Times of many runs: average and maximum exact, the others within 1 %. */
export const timingSchema = z
  .object({
    averageMs: durationMsSchema,
    p50Ms: durationMsSchema,
    p95Ms: durationMsSchema,
    p99Ms: durationMsSchema,
    maxMs: durationMsSchema,
  })
  .meta({ id: 'Timing' })

/** Times of many runs. */
export type Timing = z.infer<typeof timingSchema>

/** The runs of one span that ended in one way. `outcome` retrying: an attempt that failed and is tried again. */
export const metricRowSchema = z
  .object({
    at: timeSchema.meta({ description: 'Start of the span' }),
    queue: z.string(),
    type: z.string(),
    outcome: z.enum(['completed', 'retrying', 'failed']),
    count: z.int(),
    wait: timingSchema,
    run: timingSchema,
  })
  .meta({ id: 'MetricRow' })

/** The runs of one span that ended in one way. */
export type MetricRow = z.infer<typeof metricRowSchema>

/** Figures from `from` to `to` (exclusive), at most 360 spans of `stepMs`; a span in which nothing ended has no row. */
export const metricsSchema = z
  .object({
    from: timeSchema,
    to: timeSchema,
    by: z.enum(['minute', 'hour', 'day']),
    stepMs: z.int(),
    rows: z.array(metricRowSchema),
  })
  .meta({ id: 'Metrics' })

/** Figures of a time. */
export type Metrics = z.infer<typeof metricsSchema>
