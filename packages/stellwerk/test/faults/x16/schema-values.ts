import fc from 'fast-check'

/** A JSON Schema as the description has it. */
type Schema = Readonly<Record<string, unknown>>

/** Values that programs and attackers send where something else is expected. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "'; DROP TABLE job; --",
  "' OR 1=1 --",
  '" OR ""="',
  '1) UNION SELECT NULL--',
  '%',
  '_',
  '\\',
  '%00',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '../../../etc/passwd',
  '..%2f..%2f',
  '%2e%2e%5c',
  '<script>alert(1)</script>',
  '$'.concat('{7*7}'),
  '{{7*7}}',
  '__proto__',
  'constructor.prototype',
  'a'.repeat(300),
  'ä'.repeat(150),
  '\ud800',
  '9007199254740993',
  '99999999999999999999',
  '2027-02-30T25:61:61Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '*',
  ',,,,',
]

const hostileText = fc.constantFrom(...hostileTexts)
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  hostileText,
  fc.constantFrom<unknown>(
    null,
    0,
    -0,
    1e308,
    -1,
    2 ** 53,
    true,
    [],
    {},
    [[[[]]]],
    { __proto__: null },
    { toString: 1 },
  ),
)

/** Values of schemas, one in so many of another kind than the schema allows. */
export class SchemaValues {
  readonly #components: Readonly<Record<string, Schema>>

  constructor(components: Readonly<Record<string, Schema>>) {
    this.#components = components
  }

  /** Mostly what fits; sometimes anything. */
  of(schema: Schema): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 12, arbitrary: this.#fitting(schema) }, { weight: 1, arbitrary: hostileValue })
  }

  /** The same as the text of a parameter. */
  textOf(schema: Schema): fc.Arbitrary<string> {
    const text = this.#fitting(schema).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    return fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: hostileText })
  }

  #fitting(schema: Schema): fc.Arbitrary<unknown> {
    const { $ref: reference, anyOf, enum: choices, const: only } = schema
    if (typeof reference === 'string') return this.#fitting(this.#components[reference.split('/').at(-1) ?? ''] ?? {})
    if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((each) => this.#fitting(each as Schema)))
    if (Array.isArray(choices)) return fc.constantFrom(...choices)
    if (only !== undefined) return fc.constant(only)
    return this.#ofType(schema)
  }

  #ofType(schema: Schema): fc.Arbitrary<unknown> {
    switch (schema['type']) {
      case 'string':
        return textLike(schema)
      case 'integer':
        return fc.integer({ min: numberOr(schema['minimum'], -1_000), max: numberOr(schema['maximum'], 1_000_000) })
      case 'number':
        return fc.double({ min: numberOr(schema['minimum'], -1e9), max: 1e9, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(this.of((schema['items'] ?? {}) as Schema), { maxLength: 4 })
      case 'object':
        return this.#record(schema)
      default:
        return hostileValue
    }
  }

  #record(schema: Schema): fc.Arbitrary<unknown> {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
    const values = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, this.of(each)]))
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
    return fc.record(values, { requiredKeys: required })
  }
}

function textLike({ pattern, format }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString())
  if (format === 'uuid') return fc.uuid()
  if (typeof pattern === 'string' && pattern.includes('[1-9]\\d')) return fc.integer({ min: 1, max: 200 }).map(String)
  return fc.oneof(
    fc.constantFrom('anything', 'send', 'mail', 'default', '30s', '1'),
    fc.string({ maxLength: 40 }),
    hostileText,
  )
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
