import { z } from 'zod'
import { tierFor } from '../../domain/metrics/metric-tier.ts'
import { planPoints } from '../../domain/metrics/plan-points.ts'
import { readMetrics } from '../../operations/read-metrics.ts'
import { readTime } from '../../operations/read-time.ts'
import { assertRange } from '../assert-range.ts'
import { nameField, tierField, timeField } from '../query-fields.ts'
import { defineRoute } from '../route.ts'
import { metricsSchema } from '../schemas/metrics.ts'
import { toIso } from '../shapes/to-job.ts'
import { withoutUnset } from '../without-unset.ts'

/** Spans of one answer. */
const mostPoints = 360

/** GET /metrics: figures by minute, hour or day. */
export const readMetricsRoute = defineRoute({
  method: 'GET',
  path: '/metrics',
  permission: 'metrics:read',
  summary: `Counts, waiting and running times per span, queue, type and outcome, at most ${mostPoints} spans; of the last hour where nothing is said`,
  query: z.object({
    from: timeField,
    to: timeField,
    by: tierField.meta({ description: 'Length of a row, by the length of the time where nothing is said' }),
    queue: nameField,
    type: nameField,
  }),
  response: metricsSchema,
  errors: [],
  handle: async (deps, { query }) => {
    assertRange(['from', 'to'], query.from, query.to)
    const now = await readTime(deps)
    const to = query.to ?? now + 60_000
    const from = query.from ?? to - 3_660_000
    const plan = planPoints({ from, to, by: query.by ?? tierFor(to - from), now }, mostPoints)
    const rows = await readMetrics(deps, {
      from: plan.from,
      to: plan.to,
      by: plan.by,
      spanMs: plan.stepMs,
      ...withoutUnset({ queue: query.queue, type: query.type }),
    })
    return {
      from: toIso(plan.from),
      to: toIso(plan.to),
      by: plan.by,
      stepMs: plan.stepMs,
      rows: rows.map(({ minute, queue, type, outcome, count, wait, run }) => ({
        at: toIso(minute),
        queue,
        type,
        outcome,
        count,
        wait: { ...wait },
        run: { ...run },
      })),
    }
  },
})
