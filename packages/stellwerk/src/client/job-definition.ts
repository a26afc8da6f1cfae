import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { FailedContext, JobContext } from './job-context.ts'
import type { DispatchOptions, JobDefaults } from './job-settings.ts'
import type { RequireJson } from './json-type.ts'

/** Runs one attempt. What it returns is kept as the job's result (JSON); what it throws decides about a retry. */
export type Handler<Payload> = (payload: Payload, context: JobContext) => unknown

/** Runs once, when the job has failed for good. */
export type FailedHook<Payload> = (payload: Payload, context: FailedContext) => unknown

/** A job type: its name, schema, defaults and, where this process runs it, its handler. */
export interface JobDefinition<Input, Output> {
  readonly name: string
  /** Raised when the payload's shape changes; stored with every job. Default 1. */
  readonly version: number
  readonly schema: StandardSchemaV1<Input, Output> | null
  /** Brings a payload stored by an older version to this one's input. */
  readonly upgrade: ((payload: unknown, from: number) => unknown) | null
  /** A payload as other people may see it. It gets what is stored, which an older version may have written. */
  readonly redact: ((payload: unknown) => unknown) | null
  readonly defaults: JobDefaults
  readonly handle: Handler<Output> | null
  readonly failed: FailedHook<Output> | null
  /** A dispatch to be made later, in one statement with others. */
  with(payload: Input, options?: DispatchOptions): JobRequest
}

/** Any definition, where payload types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a definition is contravariant in its payload, only `any` stands for all of them
export type AnyJobDefinition = JobDefinition<any, any>

/** The payload that a definition's dispatch takes. */
export type PayloadInput<Definition> = Definition extends JobDefinition<infer Input, infer _Output> ? Input : never

/** One job to dispatch: what `definition.with(payload, options)` returns. */
export interface JobRequest {
  readonly definition: AnyJobDefinition
  readonly payload: unknown
  readonly options: DispatchOptions
}

/** What defineJob takes. */
export interface JobInput<Schema extends StandardSchemaV1> extends JobDefaults {
  readonly name: string
  readonly version?: number
  /** Any Standard Schema validator (zod, valibot, arktype); without one the payload is empty. */
  readonly payload?: Schema & RequireJson<StandardSchemaV1.InferInput<Schema>>
  readonly upgrade?: (payload: unknown, from: number) => unknown
  /** Takes from a payload, on display, what nobody else should see; names such as `password` and `apiKey` are hidden without it. */
  readonly redact?: (payload: StandardSchemaV1.InferInput<Schema>) => unknown
  readonly handle?: Handler<StandardSchemaV1.InferOutput<Schema>>
  readonly failed?: FailedHook<StandardSchemaV1.InferOutput<Schema>>
}
