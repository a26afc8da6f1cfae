import { Hono } from 'hono'
import type { Actor } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { Log } from '../std/log.ts'
import { apiRoutes, rootRoutes } from './all-routes.ts'
import { describeRoutes, type PlacedRoute } from './openapi.ts'
import { problemResponse } from './problem.ts'
import { defaultBodyBytes } from './read-body.ts'
import { readInput } from './read-input.ts'
import { requireAccessAudited } from './require-access.ts'
import type { RequestMeta, Route, RouteDeps, RouteInput } from './route.ts'

/** The prefix of the interface under that of the mount. */
export const apiPrefix = '/api/v1'

/** What a router is built from; an actor joins per request. */
export interface ApiParts extends Omit<RouteDeps, 'actor' | 'visit' | 'describe'> {
  /** Where the mount is, for the description: its prefix or whole address. Default '/'. */
  readonly serverUrl?: string
  /** Largest body in bytes; default 1 MiB and a little. */
  readonly maxBodyBytes?: number
  /** Answers from a sample that others look at too, where there is one. */
  readonly snapshots?: Snapshots
  /** Routes beside those of the table: of the stream, of sessions. */
  readonly moreRoutes?: readonly Route[]
}

/** Shares values between those who look at the same thing. */
export interface Snapshots {
  /** The newest value of a topic for this actor's view, made by `sample` where none is fresh. */
  read(topic: string, deps: RouteDeps, sample: () => Promise<unknown>): Promise<unknown>
}

/** Answers one request of a known actor. Never rejects. */
export type Api = (request: Request, actor: Actor, meta: RequestMeta) => Promise<Response>

interface Bindings {
  readonly actor: Actor
  readonly meta: RequestMeta
}

/** The interface over one store: finds the route, checks permission, parameters and body, and answers. Null-safe: an unknown path is a problem like every other. */
export function createApi(parts: ApiParts): Api {
  const app = new Hono<{ Bindings: Bindings }>({ getPath: (_request, options) => pathOf(options?.env) })
  const table = placedRoutes(parts.moreRoutes)
  const description = lazily(() => describeRoutes(table, { version: parts.version, serverUrl: parts.serverUrl ?? '/' }))
  const whole = { ...parts, describe: description }
  for (const [path, routes] of byPath(table)) {
    for (const route of routes) {
      app.on(route.method, path, (context) =>
        answer(whole, route, { request: context.req.raw, params: context.req.param(), ...context.env }),
      )
    }
    app.all(path, (context) => problemOf(methodNotAllowed(context.req.method, path, routes), parts.log, context.env))
  }
  app.notFound((context) => problemOf(routeNotFound(context.env.meta.path), parts.log, context.env))
  app.onError((error, context) => problemOf(error, parts.log, context.env))
  return async (request, actor, meta) => await app.fetch(request, { actor, meta })
}

/** Every route with its whole path under the prefix of the mount. */
export function placedRoutes(moreRoutes: readonly Route[] = []): readonly PlacedRoute[] {
  return [
    ...[...apiRoutes, ...moreRoutes].map((route) => ({ route, path: `${apiPrefix}${route.path}` })),
    ...rootRoutes.map((route) => ({ route, path: route.path })),
  ]
}

/** Makes a value when it is first asked for, and keeps it. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Paths without parameters first, so that a name in the path is never taken for an id. */
function byPath(table: readonly PlacedRoute[]): readonly [string, readonly Route[]][] {
  const groups = Map.groupBy(table, ({ path }) => path)
  return [...groups]
    .map(([path, entries]): [string, readonly Route[]] => [path, entries.map(({ route }) => route)])
    .toSorted(([one], [other]) => Number(one.includes(':')) - Number(other.includes(':')))
}

function pathOf(env: unknown): string {
  return (env as Bindings).meta.path
}

interface RoutedRequest extends Bindings {
  readonly request: Request
  readonly params: Readonly<Record<string, string>>
}

async function answer(
  parts: ApiParts & Pick<RouteDeps, 'describe'>,
  route: Route,
  routed: RoutedRequest,
): Promise<Response> {
  const { request, params, actor, meta } = routed
  const deps: RouteDeps = { ...parts, actor, visit: meta }
  await requireAccessAudited(route, deps, meta.path)
  const { maxBodyBytes = defaultBodyBytes, snapshots } = parts
  const search = new URL(request.url).search
  const input = await readInput(route, { request, search, params, maxBodyBytes })
  const value = await currentValue(route, deps, { input, snapshots })
  if (value instanceof Response) return value
  if (route.response === null) return new Response(null, { status: 204 })
  return Response.json(value, { status: route.status ?? 200, headers: { 'x-request-id': meta.requestId } })
}

function currentValue(
  route: Route,
  deps: RouteDeps,
  { input, snapshots }: { readonly input: RouteInput; readonly snapshots: Snapshots | undefined },
): Promise<unknown> {
  const topic = snapshots === undefined ? null : route.topic(input)
  if (snapshots === undefined || topic === null) return route.handle(deps, input)
  return snapshots.read(topic, deps, () => route.handle(deps, input))
}

function problemOf(error: unknown, log: Log, { meta }: Bindings): Response {
  return problemResponse(error, { requestId: meta.requestId, log })
}

function routeNotFound(path: string): StellwerkError {
  return new StellwerkError(
    'ROUTE_NOT_FOUND',
    `there is nothing at '${path.slice(0, 200)}'; GET ${apiPrefix}/openapi.json lists what there is`,
  )
}

function methodNotAllowed(method: string, path: string, routes: readonly Route[]): StellwerkError {
  const allowed = routes.map((route) => route.method)
  return new StellwerkError(
    'METHOD_NOT_ALLOWED',
    `${method.slice(0, 20)} is not possible for ${path}; it takes ${allowed.join(', ')}`,
    { details: { allowed } },
  )
}
