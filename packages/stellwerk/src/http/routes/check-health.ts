import { checkHealth, isReady } from '../../operations/check-health.ts'
import { defineRoute } from '../route.ts'
import { healthReportSchema, probeSchema } from '../schemas/health.ts'
import { toIsoOrNull } from '../shapes/to-job.ts'

/** GET /health/live: the process answers. */
export const liveRoute = defineRoute({
  method: 'GET',
  path: '/health/live',
  permission: null,
  open: 'everyone',
  summary: 'The process answers',
  response: probeSchema,
  errors: [],
  handle: () => ({ status: 'ok' as const }),
})

/** GET /health/ready: the store answers. */
export const readyRoute = defineRoute({
  method: 'GET',
  path: '/health/ready',
  permission: null,
  open: 'everyone',
  summary: 'The store answers; 503 where it does not',
  response: probeSchema,
  errors: [],
  handle: async (deps) =>
    (await deps.overview.ready(() => isReady(deps, deps.health?.timeoutMs)))
      ? { status: 'ok' as const }
      : Response.json({ status: 'unavailable' }, { status: 503 }),
})

/** GET /health: the full report. */
export const healthRoute = defineRoute({
  method: 'GET',
  path: '/health',
  permission: 'health:read',
  summary: 'Store, figures, stations, queues, clock and what endangers the store; 503 where a check failed',
  response: healthReportSchema,
  errors: [],
  handle: async (deps) => {
    const { isHealthy, at, findings } = await checkHealth(deps, deps.overview, deps.health)
    const report = {
      status: isHealthy ? ('healthy' as const) : ('unhealthy' as const),
      at: toIsoOrNull(at),
      version: deps.version,
      checks: findings.map((finding) => ({ ...finding })),
    }
    return isHealthy ? report : Response.json(report, { status: 503 })
  },
})
