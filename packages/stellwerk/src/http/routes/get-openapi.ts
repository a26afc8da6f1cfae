import { z } from 'zod'
import { defineRoute } from '../route.ts'

/** GET /openapi.json: what there is. */
export const getOpenapiRoute = defineRoute({
  method: 'GET',
  path: '/openapi.json',
  permission: null,
  open: 'authenticated',
  summary: 'This interface as OpenAPI 3.1',
  response: z.record(z.string(), z.unknown()),
  errors: [],
  handle: (deps) => ({ ...deps.describe() }),
})
