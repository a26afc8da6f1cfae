/** What of a JSON schema is read here; anything else of it is passed over. */
interface SchemaPart {
  readonly type?: unknown
  readonly properties?: unknown
  readonly required?: unknown
  readonly default?: unknown
  readonly enum?: unknown
  readonly const?: unknown
  readonly anyOf?: unknown
}

/** A field of a payload as its schema tells it. */
export interface PayloadField {
  readonly name: string
  /** Such as `string`, `integer`, `"a" | "b"`; 'any' where the schema does not say. */
  readonly type: string
  readonly isRequired: boolean
}

const deepest = 4

/** The fields of an object's schema, in its order; empty for any other schema. */
export function payloadFields(schema: unknown): readonly PayloadField[] {
  const { properties, required } = partOf(schema)
  const needed = Array.isArray(required) ? required : []
  return Object.entries(recordOf(properties)).map(([name, part]) => ({
    name,
    type: typeName(partOf(part)),
    isRequired: needed.includes(name),
  }))
}

/** A payload with every required field of a schema, to be filled in: defaults and first choices where there are some. */
export function payloadTemplate(schema: unknown, depth = 0): unknown {
  const part = partOf(schema)
  if (part.default !== undefined) return part.default
  if (part.const !== undefined) return part.const
  if (Array.isArray(part.enum)) return part.enum[0]
  if (Array.isArray(part.anyOf)) return payloadTemplate(part.anyOf[0], depth)
  if (part.type === 'object' || part.properties !== undefined) return objectTemplate(part, depth)
  const plain: Readonly<Record<string, unknown>> = { string: '', number: 0, integer: 0, boolean: false, array: [] }
  return typeof part.type === 'string' && Object.hasOwn(plain, part.type) ? plain[part.type] : null
}

function objectTemplate({ properties, required }: SchemaPart, depth: number): unknown {
  if (depth >= deepest) return {}
  const needed = Array.isArray(required) ? required : []
  const fields = Object.entries(recordOf(properties)).filter(([name]) => needed.includes(name))
  return Object.fromEntries(fields.map(([name, part]) => [name, payloadTemplate(part, depth + 1)]))
}

function typeName({ type, enum: choices, const: only, anyOf }: SchemaPart): string {
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(' | ')
  if (Array.isArray(anyOf)) return anyOf.map((part) => typeName(partOf(part))).join(' | ')
  if (Array.isArray(type)) return type.join(' | ')
  return typeof type === 'string' ? type : 'any'
}

function partOf(schema: unknown): SchemaPart {
  return recordOf(schema)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
