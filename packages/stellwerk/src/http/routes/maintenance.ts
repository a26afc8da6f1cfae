import { readMaintenance, setMaintenance } from '../../operations/set-maintenance.ts'
import { defineRoute } from '../route.ts'
import { maintenanceRequestSchema, maintenanceStateSchema } from '../schemas/pause.ts'
import { toIso } from '../shapes/to-job.ts'
import { toMaintenance } from '../shapes/to-queue.ts'

/** GET /maintenance. */
export const getMaintenanceRoute = defineRoute({
  method: 'GET',
  path: '/maintenance',
  permission: 'queue:read',
  summary: 'Whether maintenance is on, by whom and why',
  response: maintenanceStateSchema,
  errors: [],
  topic: () => 'maintenance',
  handle: async (deps) => {
    const { now, maintenance } = await readMaintenance(deps)
    return { at: toIso(now), maintenance: toMaintenance(maintenance) }
  },
})

/** PUT /maintenance: on or off. */
export const changeMaintenanceRoute = defineRoute({
  method: 'PUT',
  path: '/maintenance',
  permission: 'maintenance:manage',
  summary: 'Switch maintenance on or off: while it is on nothing is claimed but by workers with force',
  body: maintenanceRequestSchema,
  response: maintenanceStateSchema,
  errors: [],
  handle: async (deps, { body: { on, reason = null } }) => {
    const maintenance = await setMaintenance(deps, { on, reason })
    return { at: toIso(await deps.store.metrics.now()), maintenance: toMaintenance(maintenance) }
  },
})
