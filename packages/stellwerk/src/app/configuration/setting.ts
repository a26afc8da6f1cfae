import type { z } from './zod.ts'

/** One key of the configuration. `Value` is what the program gets: durations in ms, sizes in bytes. */
export interface Setting<Value> {
  /** Takes what the file may hold and gives the value. */
  readonly schema: z.ZodType<Value>
  /** Type as the reference shows it. */
  readonly type: string
  readonly description: string
  /** What would have been right: completes "'x' is not ...". */
  readonly expects: string
  readonly defaultValue: Value
  /** Where the default is not a constant: how the reference words it. */
  readonly defaultNote?: string
  /** Closed sets: the words, for did-you-mean. */
  readonly words?: readonly string[]
  /** Turns the text of a variable or flag into what the schema takes; may throw on a text that is none. */
  readonly fromText: (text: string) => unknown
  /** Makes the paths within a value absolute: relative to the file, or to the working directory where it came from elsewhere. */
  readonly resolvePaths?: (value: Value, base: string) => Value
}

/** A setting as declared: keeps the value's type for the table. */
export function setting<Value>(declared: Setting<Value>): Setting<Value> {
  return declared
}
