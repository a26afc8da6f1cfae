import { z } from 'zod'
import { jobRefParam } from '../query-fields.ts'

/** The path parameters of routes about one job. */
export const jobParams = z.object({ id: jobRefParam })
