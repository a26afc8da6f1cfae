import { z } from 'zod'
import { timeSchema } from './scalars.ts'

/** One thing that was looked at. skipped: switched off, or not there to be looked at. */
export const healthCheckSchema = z
  .object({
    name: z.enum(['store', 'metrics', 'stations', 'queues', 'clock', 'storage']),
    status: z.enum(['ok', 'failed', 'skipped']),
    found: z.string(),
    remedy: z.string().nullable(),
    tookMs: z.number(),
  })
  .meta({ id: 'HealthCheck' })

/** One thing that was looked at. */
export type HealthCheck = z.infer<typeof healthCheckSchema>

/** The full report. unhealthy: a check failed. */
export const healthReportSchema = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    at: timeSchema.nullable().meta({ description: "The store's time; null where it does not answer" }),
    version: z.string(),
    checks: z.array(healthCheckSchema),
  })
  .meta({ id: 'HealthReport' })

/** The full report. */
export type HealthReport = z.infer<typeof healthReportSchema>

/** What the open probes say. */
export const probeSchema = z.object({ status: z.enum(['ok', 'unavailable']) }).meta({ id: 'Probe' })
