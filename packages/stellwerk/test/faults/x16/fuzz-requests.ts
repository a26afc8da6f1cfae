import fc from 'fast-check'
import { hostileTexts, SchemaValues } from './schema-values.ts'

/** A request that fetch can send. */
export interface FuzzRequest {
  /** `GET /api/v1/jobs/{id}` of the description. */
  readonly operation: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema: Readonly<Record<string, unknown>>
}

interface Operation {
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Record<string, unknown> } }
  }
}

/** The description as far as it is needed here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> }
}

/** Streams do not end, and are another test's. */
const leftOut = ['/api/v1/stream']

/** Requests of every described operation: mostly what the description allows, and in every place sometimes something else. */
export function fuzzRequests({ paths, components }: Description): fc.Arbitrary<FuzzRequest> {
  const values = new SchemaValues(components.schemas)
  const operations = Object.entries(paths)
    .filter(([path]) => !leftOut.includes(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) =>
        requestOf({ values, path, method: method.toUpperCase(), operation }),
      ),
    )
  return fc.oneof(...operations)
}

interface Described {
  readonly values: SchemaValues
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

function requestOf({ values, path, method, operation }: Described): fc.Arbitrary<FuzzRequest> {
  const texts = (place: string): fc.Arbitrary<Texts> => {
    const known = operation.parameters.filter((parameter) => parameter.in === place)
    const each = Object.fromEntries(known.map(({ name, schema }) => [name, values.textOf(schema)]))
    return place === 'path' ? fc.record(each) : fc.record(each, { requiredKeys: [] })
  }
  const schema = operation.requestBody?.content['application/json'].schema
  const body = schema === undefined ? fc.constant(null) : bodyText(values.of(schema))
  const extra = fc.oneof(
    { weight: 15, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom(...hostileTexts) },
  )
  return fc
    .record({ place: texts('path'), query: texts('query'), body, headers: headersOf(schema !== undefined), extra })
    .map(({ place, query, extra: more, ...rest }) => ({
      operation: `${method} ${path}`,
      method,
      target: `${fill(path, place)}${search(query, more)}`,
      ...rest,
    }))
}

function bodyText(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = value.map((each) => JSON.stringify(each) ?? 'null')
  const broken = fc.tuple(text, fc.nat()).map(([whole, cut]) => whole.slice(0, cut % (whole.length + 1)))
  const deep = fc.constantFrom(
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  )
  return fc.oneof({ weight: 20, arbitrary: text }, { weight: 2, arbitrary: broken }, { weight: 1, arbitrary: deep })
}

function headersOf(hasBody: boolean): fc.Arbitrary<Record<string, string>> {
  const type = hasBody ? 'application/json' : ''
  const types = fc.oneof(
    { weight: 20, arbitrary: fc.constant(type) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/json; charset=utf-7',
        ';',
        '',
      ),
    },
  )
  const odd = fc.oneof(
    { weight: 15, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Record<string, string>>(
        { 'content-encoding': 'gzip' },
        { accept: 'text/html' },
        { range: 'bytes=0-1' },
        { cookie: 'stellwerk_session=%ff; a=b; ;;=' },
        { authorization: 'Bearer x' },
        { 'sec-fetch-site': 'cross-site' },
        { 'if-none-match': '*' },
        { 'x-forwarded-for': "1.2.3.4', '" },
        { 'idempotency-key': 'k'.repeat(200) },
      ),
    },
  )
  return fc.tuple(types, odd).map(([given, more]) => ({
    'sec-fetch-site': 'same-origin',
    ...(given !== '' && { 'content-type': given }),
    ...more,
  }))
}

type Texts = Readonly<Record<string, string | undefined>>

/** A part of a path cannot be empty or two dots: those are other paths. */
function fill(path: string, parts: Texts): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encode(parts[name] ?? '') || '%20')
}

function search(query: Texts, more: string): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encode(value ?? '')}`)
  if (more !== '') pairs.push(`${encode(more)}=${encode(more)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E')
}
