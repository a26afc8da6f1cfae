import { StellwerkError } from '../../domain/errors.ts'
import { openSession } from '../../operations/open-session.ts'
import { defineRoute } from '../route.ts'
import { sessionRequestSchema } from '../schemas/session.ts'
import { admitLogin } from '../security/admit-login.ts'
import { addressKey } from '../security/client-address.ts'
import { setSessionCookie } from '../security/session-cookie.ts'

/** POST /session: turns a token into a session. */
export const openSessionRoute = defineRoute({
  method: 'POST',
  path: '/session',
  permission: null,
  open: 'everyone',
  summary: 'Log in: turns a token into a session, kept in a cookie',
  body: sessionRequestSchema,
  response: null,
  errors: ['UNAUTHENTICATED', 'RATE_LIMITED'],
  handle: async (deps, { body }) => {
    const { room, visit } = deps
    admitLogin(room.logins, visit.ip)
    const session = await openSession(deps, body.token)
    if (session === null)
      throw new StellwerkError(
        'UNAUTHENTICATED',
        "this token is unknown, expired or revoked; 'stellwerk token list' shows those that hold",
      )
    room.logins.succeed(addressKey(visit.ip))
    const cookie = setSessionCookie({ room: room.cookieName, secure: visit.isSecure }, session)
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
  },
})
