import { redeemLoginLink } from '../operations/open-session.ts'
import type { KnownVisit, Reception } from './reception.ts'
import { admitLogin } from './security/admit-login.ts'
import { addressKey } from './security/client-address.ts'
import { setSessionCookie } from './security/session-cookie.ts'

/**
 * Answers a one-time link: a session and on to the room. One that is used or too old leads to the login page, which says so; for who is logged in already, as by
 * opening the link twice, it just leads into the room. @throws RATE_LIMITED
 */
export async function answerLogin(visit: KnownVisit, reception: Reception): Promise<Response> {
  const { room, store, log } = reception
  if (visit.actor.kind !== 'anonymous') return redirect(`${visit.prefix}/`)
  if (isPrefetch(visit)) return new Response(null, { status: 204 })
  admitLogin(room.logins, visit.ip)
  const code = new URL(visit.request.url).searchParams.get('code') ?? ''
  const session = await redeemLoginLink({ store, log, actor: visit.actor }, code)
  if (session === null) return redirect(`${visit.prefix}/login?link=expired`)
  room.logins.succeed(addressKey(visit.ip))
  const cookie = setSessionCookie({ room: room.cookieName, secure: visit.isSecure }, session)
  return redirect(`${visit.prefix}/`, { 'set-cookie': cookie })
}

/** A browser that looks ahead, or a program that asks for the head alone, must not use the link up. */
function isPrefetch({ method, request }: KnownVisit): boolean {
  return method === 'HEAD' || request.headers.get('sec-purpose')?.includes('prefetch') === true
}

function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { location: location || '/', ...headers } })
}
