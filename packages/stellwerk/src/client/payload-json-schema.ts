import type { StandardJSONSchemaV1 } from '@standard-schema/spec'
import type { AnyJobDefinition } from './job-definition.ts'

/** The JSON Schema of what a type's dispatch takes, where its validator can give one; else null. */
export function payloadJsonSchema({ schema }: AnyJobDefinition): Record<string, unknown> | null {
  if (schema === null) return null
  const standard: Partial<StandardJSONSchemaV1.Props> = schema['~standard']
  try {
    return standard.jsonSchema?.input({ target: 'draft-2020-12' }) ?? null
  } catch {
    // A validator says so when a part of it has no counterpart in JSON Schema.
    return null
  }
}
