import type { StandardJSONSchemaV1 } from '@standard-schema/spec'
import type { AnyJobDefinition } from './job-definition.ts'

const known = new WeakMap<AnyJobDefinition, Record<string, unknown> | null>()

/** The JSON Schema of what a type's dispatch takes, where its validator can give one; else null. Made once for each definition. */
export function payloadJsonSchema(definition: AnyJobDefinition): Record<string, unknown> | null {
  const before = known.get(definition)
  if (before !== undefined) return before
  const made = toJsonSchema(definition)
  known.set(definition, made)
  return made
}

function toJsonSchema({ schema }: AnyJobDefinition): Record<string, unknown> | null {
  if (schema === null) return null
  const standard: Partial<StandardJSONSchemaV1.Props> = schema['~standard']
  try {
    return standard.jsonSchema?.input({ target: 'draft-2020-12' }) ?? null
  } catch {
    // A validator says so when a part of it has no counterpart in JSON Schema.
    return null
  }
}
