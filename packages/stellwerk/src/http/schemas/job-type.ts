import { z } from 'zod'

/** A job type. dispatchable: its definition is loaded here. served: a live station can run it. */
export const jobTypeSchema = z
  .object({
    type: z.string(),
    queue: z
      .string()
      .nullable()
      .meta({ description: 'Where its jobs go by default; null where its definition is not loaded here' }),
    dispatchable: z.boolean(),
    served: z.boolean(),
    schema: z.record(z.string(), z.unknown()).nullable().meta({
      description: 'JSON Schema of its payload, where the validator gives one',
    }),
  })
  .meta({ id: 'JobType' })

/** A job type. */
export type JobType = z.infer<typeof jobTypeSchema>

/** Every known job type, by name. */
export const jobTypeListSchema = z.object({ types: z.array(jobTypeSchema) }).meta({ id: 'JobTypeList' })

/** Every known job type, by name. */
export type JobTypeList = z.infer<typeof jobTypeListSchema>
