import type { z } from 'zod'
import type { ErrorCode } from '../domain/errors.ts'
import { type JsonSchema, JsonSchemas } from './json-schemas.ts'
import { problemStatus } from './problem-status.ts'
import type { Route } from './route.ts'
import { problemSchema } from './schemas/problem.ts'

/** A route with its whole path under the prefix of the mount. */
export interface PlacedRoute {
  readonly route: Route
  readonly path: string
}

/** A document of OpenAPI 3.1. */
export type OpenApiDocument = Readonly<Record<string, unknown>>

/** The description of these routes as OpenAPI 3.1, for a server at `serverUrl`. Pure. */
export function describeRoutes(
  routes: readonly PlacedRoute[],
  facts: { readonly version: string; readonly serverUrl: string },
): OpenApiDocument {
  const schemas = new JsonSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { route, path } of routes) {
    const shown = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[shown] = { ...paths[shown], [route.method.toLowerCase()]: operationOf(route, shown, schemas) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Stellwerk',
      version: facts.version,
      description:
        'Times are ISO 8601 in UTC, ids are texts, lengths of time are milliseconds. Lists go on with `cursor`. What is refused is answered as RFC 9457 says, with a `code` for programs.',
    },
    servers: [{ url: facts.serverUrl }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: "A token, made by 'stellwerk token create'" },
        session: { type: 'apiKey', in: 'cookie', name: 'stellwerk_session', description: 'The session of a browser' },
      },
      schemas: { ...schemas.components() },
    },
  }
}

function operationOf(route: Route, path: string, schemas: JsonSchemas): Readonly<Record<string, unknown>> {
  const permissions = route.permission === null ? [] : [route.permission].flat()
  return {
    operationId: operationId(route.method, path),
    summary: route.summary,
    tags: [path.split('/').find((part) => part !== '' && part !== 'api' && part !== 'v1') ?? 'api'],
    ...(permissions.length > 0 && { description: `Needs ${permissions.map((name) => `\`${name}\``).join(' or ')}.` }),
    ...(route.permission === null && route.open === 'everyone' && { security: [] }),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')].map((make) =>
      make(schemas),
    ),
    ...(route.body !== null && {
      requestBody: { required: true, content: { 'application/json': { schema: schemas.of(route.body, 'input') } } },
    }),
    responses: responsesOf(route, schemas),
  }
}

/** `GET /api/v1/jobs/{id}/logs`: getJobsIdLogs. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
  return `${method.toLowerCase()}${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`
}

type MakeParameter = (schemas: JsonSchemas) => Readonly<Record<string, unknown>>

function parametersOf(schema: z.ZodObject | null, place: 'path' | 'query'): readonly MakeParameter[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => (schemas) => {
    const type = field as z.ZodType
    const { description, schema: shown } = type.meta() ?? {}
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description !== undefined && { description }),
      schema: isSchema(shown) ? shown : withoutDescription(schemas.of(type, 'input')),
    }
  })
}

/** A parameter that is read by code of ours says itself what it takes. */
function isSchema(shown: unknown): shown is JsonSchema {
  return typeof shown === 'object' && shown !== null
}

function withoutDescription({ description: _said, ...schema }: JsonSchema): JsonSchema {
  return schema
}

function responsesOf(route: Route, schemas: JsonSchemas): Readonly<Record<string, unknown>> {
  const byStatus = Map.groupBy(errorsOf(route), (code) => problemStatus[code])
  const problems = [...byStatus].map(([status, codes]): [string, unknown] => [
    String(status),
    {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: schemas.of(problemSchema, 'output') } },
    },
  ])
  return { ...Object.fromEntries(problems), ...successOf(route, schemas) }
}

function successOf(route: Route, schemas: JsonSchemas): Readonly<Record<string, unknown>> {
  if (route.response === null) return { 204: { description: 'Done' } }
  const schema = schemas.of(route.response, 'output')
  return {
    [String(route.status ?? 200)]: {
      description: 'Done',
      content: { [route.contentType ?? 'application/json']: { schema } },
    },
    ...(route.accepted !== undefined && {
      202: {
        description: 'Goes on after the answer',
        content: { 'application/json': { schema: schemas.of(route.accepted, 'output') } },
      },
    }),
  }
}

/** What a route names, and what every route of its kind can answer. */
export function errorsOf(route: Route): readonly ErrorCode[] {
  const isOpen = route.permission === null && route.open === 'everyone'
  const takes = route.params !== null || route.query !== null
  return [
    ...new Set<ErrorCode>([
      ...route.errors,
      ...(takes ? (['PARAMETER_INVALID'] as const) : []),
      ...(route.body === null ? [] : (['BODY_INVALID', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const)),
      ...(isOpen ? [] : (['UNAUTHENTICATED'] as const)),
      ...(route.permission === null ? [] : (['PERMISSION_DENIED'] as const)),
      ...(isOpen ? [] : (['STORE_UNREACHABLE', 'STORE_BUSY'] as const)),
    ]),
  ]
}
