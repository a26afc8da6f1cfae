import { closeSession } from '../../operations/open-session.ts'
import { defineRoute } from '../route.ts'
import { clearSessionCookie, readSessionCookie } from '../security/session-cookie.ts'

/** DELETE /session: ends the session of the cookie. */
export const closeSessionRoute = defineRoute({
  method: 'DELETE',
  path: '/session',
  permission: null,
  open: 'authenticated',
  summary: 'Log out: ends the session and takes its cookie away',
  response: null,
  errors: [],
  handle: async (deps, { headers }) => {
    const place = { room: deps.room.cookieName, secure: deps.visit.isSecure }
    const session = readSessionCookie(place, headers.get('cookie'))
    if (session !== null) await closeSession(deps, session)
    return new Response(null, { status: 204, headers: { 'set-cookie': clearSessionCookie(place) } })
  },
})
