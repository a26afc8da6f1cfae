import { z } from 'zod'

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Whether a schema describes what comes in or what goes out. */
export type Direction = 'input' | 'output'

const notForReaders = ['$schema', '$id', 'id', 'schema']

/** Collects the schemas that have a name, so that each is written once and referred to. */
export class JsonSchemas {
  readonly #named = new Map<string, JsonSchema>()

  /** A schema by its name where it has one, else as it is. */
  of(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs, ...root } = z.toJSONSchema(schema, {
      io: direction,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        if (direction === 'output') delete jsonSchema.additionalProperties
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      },
    })
    for (const [name, definition] of Object.entries($defs ?? {})) this.#named.set(name, toComponent(definition))
    const name = schema.meta()?.id
    if (name === undefined) return toComponent(root)
    if (!('$ref' in root)) this.#named.set(name, toComponent(root))
    return { $ref: `#/components/schemas/${name}` }
  }

  /** Everything that was referred to, by name. */
  components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#named].toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }
}

/** References into the document of OpenAPI in place of one's own, and without what only the library needs. */
function toComponent(schema: object): JsonSchema {
  return rewrite(schema) as JsonSchema
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key, inner]) => !(notForReaders.includes(key) && (typeof inner === 'string' || key === 'schema')))
    .map(([key, inner]): [string, unknown] => [key, key === '$ref' ? toReference(String(inner)) : rewrite(inner)])
  return Object.fromEntries(entries)
}

function toReference(reference: string): string {
  return reference.replace('#/$defs/', '#/components/schemas/')
}
