import { z } from 'zod'
import { type JobState, jobStates } from '../domain/job/job-state.ts'
import { metricTiers } from '../domain/metrics/metric-tier.ts'

/** The latest time that a range may name: what lies behind it is a mistake. */
const LATEST = Date.UTC(9999, 11, 31)

/** Rows of a page: 1 to 200, 50 where nothing is said. */
export const limitField = z
  .string()
  .regex(/^\d{1,15}$/, 'give an integer from 1 to 200')
  .transform(Number)
  .pipe(z.int().min(1, 'give an integer from 1 to 200').max(200, 'give an integer from 1 to 200'))
  .optional()
  .meta({ description: 'Rows of the page', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } })

/** Yes or no. */
export const booleanField = z
  .enum(['true', 'false'])
  .transform((word) => word === 'true')
  .optional()
  .meta({ schema: { type: 'boolean' } })

/** Goes on behind a page. */
export const cursorField = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .meta({ description: "The 'nextCursor' of the page before" })

/** A point in time in Unix ms: ISO 8601, with its zone. */
export const timeField = z
  .string()
  .max(40)
  .transform((text, context) => {
    const at = /^[+-]?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
      ? Date.parse(text)
      : Number.NaN
    if (Number.isFinite(at) && Math.abs(at) <= LATEST) return at
    context.addIssue({
      code: 'custom',
      message: "give a time such as '2027-01-31T08:00:00Z' or a day such as '2027-01-31'",
    })
    return z.NEVER
  })
  .optional()
  .meta({ schema: { type: 'string', format: 'date-time' } })

/** One name of a queue or type. */
export const nameField = z.string().min(1).max(200).optional()

/** Names, apart by commas. */
export const nameListField = z
  .string()
  .max(4_000)
  .transform((text) => [...new Set(text.split(',').filter((name) => name !== ''))])
  .optional()
  .meta({ description: 'One or more, apart by commas', schema: { type: 'string' } })

/** States, apart by commas. */
export const stateListField = z
  .string()
  .max(200)
  .transform((text, context) => {
    const words = text.split(',').filter((word) => word !== '')
    const states = words.filter((word): word is JobState => (jobStates as readonly string[]).includes(word))
    if (states.length === words.length) return [...new Set(states)]
    const wrong = words.find((word) => !(jobStates as readonly string[]).includes(word))
    context.addIssue({ code: 'custom', message: `'${wrong}' is no state; known are ${jobStates.join(', ')}` })
    return z.NEVER
  })
  .optional()
  .meta({ description: `One or more of ${jobStates.join(', ')}, apart by commas`, schema: { type: 'string' } })

/** An id as a number. */
export const idField = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, "give an id, such as '17'")
  .transform(Number)
  .pipe(z.int())
  .optional()
  .meta({ schema: { type: 'string', pattern: '^[1-9]\\d{0,15}$' } })

/** Length of a row of figures. */
export const tierField = z.enum(metricTiers).optional()

/** A job's id or uuid in a path. */
export const jobRefParam = z
  .string()
  .regex(/^([1-9]\d{0,15}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/, 'give the id or the uuid of a job')
  .meta({ description: 'Id or uuid of the job' })
