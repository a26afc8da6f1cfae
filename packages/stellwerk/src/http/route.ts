import type { z } from 'zod'
import type { JobRegistry } from '../client/job-registry.ts'
import type { DispatchAs } from '../client/stellwerk-parts.ts'
import type { Permission } from '../domain/access/permission.ts'
import type { ErrorCode } from '../domain/errors.ts'
import type { HealthOptions } from '../operations/check-health.ts'
import type { OperationDeps } from '../operations/operation-deps.ts'
import type { OverviewMemory } from '../operations/overview-memory.ts'
import type { Room } from './room.ts'

/** What is known about a request before it is routed. */
export interface RequestMeta {
  readonly requestId: string
  /** Without the prefix of the mount, not decoded. */
  readonly path: string
  readonly ip: string | null
  /** Whether the browser speaks TLS. */
  readonly isSecure: boolean
  /** Asks anew who it is: whether what was granted at the start of a long answer still holds. */
  readonly isStillAllowed: () => Promise<boolean>
}

/** What handlers of routes may touch, made per request. */
export interface RouteDeps extends OperationDeps {
  /** Job types this process knows. */
  readonly registry: JobRegistry
  /** Dispatches for an actor, all or none, with every check of the programming interface; resolves when they are durable. */
  readonly dispatchAs: DispatchAs
  readonly installationId: string
  readonly version: string
  /** What this process remembers of the last hour, one for all requests. */
  readonly overview: OverviewMemory
  readonly health?: HealthOptions
  /** The interface as OpenAPI 3.1; the router knows all of it. */
  readonly describe: () => Readonly<Record<string, unknown>>
  /** What the requests of one mount share. */
  readonly room: Room
  readonly visit: RequestMeta
}

/** What a request asked for, after its parts were checked. A part that the route does not declare is an empty object. */
export interface RouteInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  /** Header fields of the request, for the few routes that read one. */
  readonly headers: Headers
}

/** The methods in use. */
export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: whoever holds a permission (of several, one is enough; the operation checks which), or it says why it is open. */
export type RouteAccess =
  | { readonly permission: Permission | readonly [Permission, ...Permission[]] }
  | { readonly permission: null; readonly open: 'everyone' | 'authenticated' }

/** What is the same in every route, whatever its parts are. */
interface RouteFacts {
  readonly method: RouteMethod
  /** Under the prefix of its table, with `:name` for parameters. */
  readonly path: string
  /** One line for readers of the description, no full stop. */
  readonly summary: string
  /** What can be refused, beside what every route can refuse. */
  readonly errors: readonly ErrorCode[]
  /** 200 unless said otherwise; 204 where there is no response. */
  readonly status?: 200 | 201
  /** What 202 answers, where what was asked for goes on after the answer. */
  readonly accepted?: z.ZodType
  /** Media type of the answer where it is not JSON. */
  readonly contentType?: string
}

/** One route, with the types of its parts gone: the table, the router, the description and the tests see this. */
export type Route = RouteFacts &
  RouteAccess & {
    readonly params: z.ZodObject | null
    readonly query: z.ZodObject | null
    readonly body: z.ZodType | null
    /** Null: no body, 204. */
    readonly response: z.ZodType | null
    /** Answers, or answers with a response of its own. @throws StellwerkError */
    handle(deps: RouteDeps, input: RouteInput): Promise<unknown>
    /** The live topic that shows the same value, null where this call has none. */
    topic(input: RouteInput): string | null
  }

/** No such part. */
type Nothing = z.ZodObject<Record<never, never>>

/** What a route is written as; see {@link Route}. */
export type RouteInputOf<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> = {
  readonly params: z.output<Params>
  readonly query: z.output<Query>
  readonly body: z.output<Body>
  readonly headers: Headers
}

type RouteDefinition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = RouteFacts &
  RouteAccess & {
    readonly params?: Params
    readonly query?: Query
    readonly body?: Body
    readonly response: Answer | null
    handle(
      deps: RouteDeps,
      input: RouteInputOf<Params, Query, Body>,
    ): Promise<z.input<Answer> | Response> | z.input<Answer> | Response
    topic?(input: RouteInputOf<Params, Query, Body>): string | null
  }

/** A route as a value: router, description, permission test and the browser's types derive from it. */
export function defineRoute<
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Params, Query, Body, Answer>): Route {
  const { params = null, query = null, body = null, ...facts } = definition
  // The router hands each part to `handle` only after it went through the schema it is typed by.
  type Checked = RouteInputOf<Params, Query, Body>
  return {
    ...facts,
    params,
    query,
    body,
    handle: async (deps, input) => await definition.handle(deps, input as Checked),
    topic: (input) => definition.topic?.(input as Checked) ?? null,
  }
}
