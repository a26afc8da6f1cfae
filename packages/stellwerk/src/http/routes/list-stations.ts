import { listStations } from '../../operations/list-stations.ts'
import { defineRoute } from '../route.ts'
import { stationListSchema } from '../schemas/station.ts'
import { toIso } from '../shapes/to-job.ts'
import { toStation } from '../shapes/to-station.ts'

/** GET /stations: every station on record. */
export const listStationsRoute = defineRoute({
  method: 'GET',
  path: '/stations',
  permission: 'station:read',
  summary: 'Every station on record, the newest first; dead ones for a day',
  response: stationListSchema,
  errors: [],
  topic: () => 'stations',
  handle: async (deps) => {
    const { now, stations } = await listStations(deps)
    return { at: toIso(now), stations: stations.map(toStation) }
  },
})
