import { describeRoutes, type PlacedRoute } from '../packages/stellwerk/src/http/openapi.ts'
import { problemStatus } from '../packages/stellwerk/src/http/problem-status.ts'
import { placedRoutes } from '../packages/stellwerk/src/http/router.ts'

type Schema = Readonly<Record<string, unknown>>

interface Parameter {
  readonly name: string
  readonly in: string
  readonly description?: string
  readonly schema: Schema
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Operation {
  readonly parameters: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** Every route with what it takes and answers, then every shape, as Markdown. */
export function restReference(): string {
  const routes = placedRoutes()
  const document = describeRoutes(routes, { version: '', serverUrl: '/' }) as unknown as Document
  const sections = routes.map((placed) => routeSection(placed, document))
  const shapes = Object.entries(document.components.schemas).map(([name, schema]) => shapeSection(name, schema))
  return `## Routes\n\n${sections.join('\n')}\n## Shapes\n\n${shapes.join('\n')}`
}

function routeSection({ route, path }: PlacedRoute, { paths }: Document): string {
  const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
  if (operation === undefined) throw new Error(`${route.method} ${path} is not described`)
  const body = operation.requestBody === undefined ? [] : [`- Body: ${contentType(operation.requestBody)}`]
  const status = route.response === null ? 204 : (route.status ?? 200)
  const answer = route.response === null ? 'none' : contentType(operation.responses[String(status)] ?? {})
  const errors = route.errors.map((code) => `\`${code}\` ${problemStatus[code]}`)
  return [
    `### ${route.method} ${path}`,
    '',
    `${route.summary}.`,
    '',
    ...operation.parameters.map(parameterLine),
    ...body,
    `- Needs: ${accessOf(route)}`,
    `- Answer: ${status}, ${answer}`,
    ...(errors.length > 0 ? [`- Problems: ${errors.join(', ')}`] : []),
    '',
  ].join('\n')
}

function accessOf(route: PlacedRoute['route']): string {
  if (route.permission === null) return route.open === 'everyone' ? 'nothing' : 'any token or session'
  return [route.permission]
    .flat()
    .map((name) => `\`${name}\``)
    .join(' or ')
}

function parameterLine({ name, in: place, description, schema }: Parameter): string {
  const said = description === undefined ? '' : `: ${description}`
  return `- \`${name}\` (${place}, ${typeText(schema)})${said}`
}

function contentType({ content }: Content): string {
  const [entry] = Object.entries(content ?? {})
  if (entry === undefined) return 'none'
  const [type, { schema }] = entry
  return type === 'application/json' ? typeText(schema) : `\`${type}\``
}

function shapeSection(name: string, schema: Schema): string {
  const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined
  if (properties === undefined) return `### ${name}\n\n${typeText(schema)}\n`
  const required = new Set((schema['required'] ?? []) as readonly string[])
  const lines = Object.entries(properties).map(([key, each]) => {
    const said = each['description'] === undefined ? '' : `: ${String(each['description'])}`
    return `- \`${key}\`${required.has(key) ? '' : '?'} ${typeText(each)}${said}`
  })
  return `### ${name}\n\n${lines.join('\n')}\n`
}

/** A schema in a few words: `text or null`, `list of Job`. */
function typeText(schema: Schema): string {
  const { $ref: reference, anyOf, enum: choices, const: only } = schema
  if (typeof reference === 'string') return linkTo(reference)
  if (Array.isArray(anyOf)) return anyOf.map((each) => typeText(each as Schema)).join(' or ')
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ')
  return only === undefined ? plainText(schema) : `\`${String(only)}\``
}

function linkTo(reference: string): string {
  const name = reference.split('/').at(-1) ?? ''
  return `[${name}](#${name.toLowerCase()})`
}

function plainText({ type, format, items }: Schema): string {
  if (type === 'array') return `list of ${typeText((items ?? {}) as Schema)}`
  if (type === 'string') return formats[String(format)] ?? 'text'
  return typeof type === 'string' ? (names[type] ?? type) : 'any JSON'
}

const formats: Readonly<Record<string, string>> = { 'date-time': 'time', uuid: 'uuid' }

const names: Readonly<Record<string, string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
}
