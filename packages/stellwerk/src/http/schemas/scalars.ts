import { z } from 'zod'
import { jobStates } from '../../domain/job/job-state.ts'
import { isStorable } from '../../std/well-formed.ts'

/** A job's number as text: JSON numbers end at 2^53 in some languages, texts do not. */
export const idSchema = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .refine((text) => Number.isSafeInteger(Number(text)), "give an id, such as '17'")
  .meta({ description: "A job's id", examples: ['17'] })

/** A name that is sent to us: a queue's, a type's, a token's. */
export const givenNameSchema = z
  .string()
  .min(1)
  .max(200)
  .refine(isStorable, 'holds a NUL or half a character, which no name has')

/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timeSchema = z.iso.datetime().meta({ examples: ['2027-01-31T08:00:00.000Z'] })

/** One of the eight states. */
export const jobStateSchema = z.enum(jobStates)

/** How many jobs are in each state; every state is named. */
export const stateCountsSchema = z.record(jobStateSchema, z.int().min(0))

/** How many jobs are in each state. */
export type StateCounts = z.infer<typeof stateCountsSchema>

/** A length of time in milliseconds, with fractions. */
export const durationMsSchema = z.number().min(0)

/** Milliseconds, or a text with its unit: '30s', '1h30m'. */
export const durationSchema = z.union([durationMsSchema, z.string().min(1).max(40)])
