import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Permission } from '../domain/access/permission.ts'
import type { Role } from '../domain/access/role.ts'
import type { DurationInput } from './duration-input.ts'

/** What somebody may do: a role, or permissions in its place, perhaps in some queues only. `name` is who it is, for the audit log. */
export interface Authorization {
  readonly role?: Role
  readonly permissions?: readonly Permission[]
  /** All where nothing is said. */
  readonly queues?: readonly string[]
  readonly name?: string
}

/** The request as the framework got it, with whatever its middleware put there, such as `user`; null through `.fetch`. */
export interface AuthorizeContext {
  readonly incoming: IncomingMessage | null
}

/**
 * Says who may do what: a role, or more exactly; null for somebody you do not know, who may then still come with a token of Stellwerk's own. Called with every
 * request; what it throws is logged, and answered with 500.
 */
export type Authorize = (
  request: Request,
  context: AuthorizeContext,
) => Role | Authorization | null | Promise<Role | Authorization | null>

/** A rate with room for a burst. */
export interface RateLimit {
  readonly perSecond: number
  readonly burst: number
}

/** How the control room is mounted, and whom it lets in. Without `authorize` it asks for a token (`stellwerk token create`). */
export interface ControlRoomOptions {
  /** Prefix where the framework does not tell it: Express does, `.fetch` does not. Such as '/queue-manager'. */
  readonly basePath?: string
  readonly authorize?: Authorize
  /** Takes what must not be seen out of a payload or result before it is shown, after the list of known names and after the type's own `redact`. */
  readonly redact?: (value: unknown, job: { readonly type: string; readonly queue: string }) => unknown
  /** Nothing can be changed through it, whoever asks. */
  readonly readOnly?: boolean
  /** Shown in the page and the tab. */
  readonly title?: string
  /** Tells production from the rest at a glance; by NODE_ENV where nothing is said. */
  readonly environment?: 'production' | 'staging' | 'development' | (string & {})
  /** Where people reach it, such as 'https://jobs.example.com': its host is allowed, and sessions are for TLS alone where it is https. */
  readonly publicUrl?: string
  /** A proxy of yours stands before it, and it alone: its X-Forwarded-For, -Proto, -Host and -Prefix are believed. */
  readonly behindProxy?: boolean
  /** Further hosts it answers to, beside those of loopback and of publicUrl: 'jobs.internal', 'jobs.internal:8080', '.example.com'. */
  readonly allowedHosts?: readonly string[]
  readonly rateLimits?: {
    /** Requests of one client. Default 100 a second, burst 200. */
    readonly requests?: RateLimit
    /** Logins a minute from one address. Default 5. */
    readonly loginsPerMinute?: number
  }
  /** Age from which on a snapshot that somebody holds in PostgreSQL is an alarm. Default 45 s. */
  readonly snapshotAlarm?: DurationInput
  /** Who may show it in a frame, as CSP sources: "'self'", 'https://portal.example.com'. Nobody without it. */
  readonly frameAncestors?: readonly string[]
}

/** What `.fetch` may be told beside the request. */
export interface FetchContext {
  /** Remote address of the connection, where the platform knows it: it limits logins per client and is kept in the audit log. */
  readonly clientAddress?: string
}

/** The control room as handlers: one for Web-standard frameworks, one for node:http and Express. */
export interface ControlRoom {
  /** For Hono, Next.js and others that speak Request and Response. Never rejects. */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>
  /** For node:http, Express and others built on it; `next` gets an error that leaves nothing to answer with. */
  readonly node: (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void
  /** Path of a link that logs in once, within ten minutes, as an admin: for whoever runs this process. Behind the address and prefix of the room. */
  readonly loginPath: () => Promise<string>
  /** Ends its live streams, and its bulk actions between two steps; resolves when none touches the store any more. Closing the Stellwerk does it too. Safe to repeat. */
  readonly close: () => Promise<void>
}
