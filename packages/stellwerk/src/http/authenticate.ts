import type { Authorization, ControlRoomOptions } from '../client/control-room-options.ts'
import { isPermission } from '../domain/access/permission.ts'
import { isRole } from '../domain/access/role.ts'
import { type Actor, type Grant, grantedActor, readOnlyActor } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { authenticateSession } from '../operations/authenticate-session.ts'
import { type AuthenticationDeps, authenticateToken } from '../operations/authenticate-token.ts'
import { wellFormed } from '../std/well-formed.ts'
import { readSessionCookie } from './security/session-cookie.ts'
import type { Visit } from './visit.ts'

/** Finds out who a request comes from; null where nobody knows. @throws CONFIG_INVALID where the application's hook answers nonsense, and what it throws */
export type Authenticate = (visit: Visit) => Promise<Actor | null>

/** What it takes. */
export interface AuthenticateParts extends AuthenticationDeps {
  readonly options: ControlRoomOptions
  readonly cookieName: string
}

/** The application's hook first; then a bearer token; then the cookie of a session. What came with a request is never mixed: a token that does not hold is nobody. */
export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  const { options } = parts
  return async (visit) => {
    const actor = (await askApplication(options, visit)) ?? (await askStore(parts, visit))
    if (actor === null) return null
    const known = { ...actor, ip: visit.ip, requestId: visit.requestId }
    return options.readOnly === true ? readOnlyActor(known) : known
  }
}

async function askApplication({ authorize }: ControlRoomOptions, visit: Visit): Promise<Actor | null> {
  if (authorize === undefined) return null
  const answer = await Promise.resolve(authorize(visit.request, { incoming: visit.incoming }))
  if (answer === null || answer === undefined) return null
  const { name = 'authorized', ...grant } = typeof answer === 'string' ? { role: answer } : answer
  return grantedActor({ kind: 'session', name: wellFormed(String(name), 200) }, checkGrant(grant))
}

/** The hook is the application's code: a role that does not exist must not pass for one that may little. */
function checkGrant({ role, permissions, queues }: Authorization): Grant {
  const isSound =
    (role === undefined || isRole(role)) &&
    (permissions === undefined || (Array.isArray(permissions) && permissions.every(isPermission))) &&
    (queues === undefined || (Array.isArray(queues) && queues.every((queue) => typeof queue === 'string')))
  if (!isSound)
    throw new StellwerkError(
      'CONFIG_INVALID',
      `authorize returned ${JSON.stringify({ role, permissions, queues })?.slice(0, 200)}; return a role, { role?, permissions?, queues?, name? }, or null`,
    )
  return {
    ...(role !== undefined && { role }),
    ...(permissions !== undefined && { permissions }),
    ...(queues !== undefined && { queues }),
  }
}

async function askStore(parts: AuthenticateParts, { request, isSecure }: Visit): Promise<Actor | null> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const [, token] = /^bearer +(\S{1,200})$/i.exec(authorization) ?? []
    return token === undefined ? null : await authenticateToken(parts, token)
  }
  const place = { room: parts.cookieName, secure: isSecure }
  const session = readSessionCookie(place, request.headers.get('cookie'))
  return session === null ? null : await authenticateSession(parts, session)
}
