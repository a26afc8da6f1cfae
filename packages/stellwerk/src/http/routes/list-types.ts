import type { AnyJobDefinition } from '../../client/job-definition.ts'
import { payloadJsonSchema } from '../../client/payload-json-schema.ts'
import { listTypes } from '../../operations/list-types.ts'
import { defineRoute } from '../route.ts'
import { jobTypeListSchema } from '../schemas/job-type.ts'

/** GET /types: every known job type. */
export const listTypesRoute = defineRoute({
  method: 'GET',
  path: '/types',
  permission: 'queue:read',
  summary: 'Every job type that is known here or held by the store, by name',
  response: jobTypeListSchema,
  errors: [],
  handle: async (deps) => {
    const known = await listTypes(deps)
    const served = new Set(known.filter((entry) => entry.served).map(({ type }) => type))
    const definitions = new Map<string, AnyJobDefinition>(deps.registry.all().map((entry) => [entry.name, entry]))
    const names = [...new Set([...known.map(({ type }) => type), ...definitions.keys()])].toSorted()
    return {
      types: names.map((type) => {
        const definition = definitions.get(type)
        return {
          type,
          queue: definition === undefined ? null : (definition.defaults.queue ?? 'default'),
          dispatchable: definition !== undefined,
          served: served.has(type),
          schema: definition === undefined ? null : payloadJsonSchema(definition),
        }
      }),
    }
  },
})
