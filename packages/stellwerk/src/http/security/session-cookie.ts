/** Where a session's cookie lives. */
export interface CookiePlace {
  /** Tells rooms of one host apart: cookies know no ports. Letters and digits. */
  readonly room: string
  /** Whether the browser reaches us over TLS. */
  readonly secure: boolean
}

/** Longest life of a session: 7 days, in seconds. */
const maxAgeSeconds = 604_800

/** The name of the cookie: over TLS one that no other host and no plain connection can set. */
export function sessionCookieName({ room, secure }: CookiePlace): string {
  return `${secure ? '__Host-' : ''}stellwerk-${room}`
}

/** The header that gives a browser its session. */
export function setSessionCookie(place: CookiePlace, session: string): string {
  return `${sessionCookieName(place)}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${place.secure ? '; Secure' : ''}`
}

/** The header that takes it away. */
export function clearSessionCookie(place: CookiePlace): string {
  return `${sessionCookieName(place)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${place.secure ? '; Secure' : ''}`
}

/** The session of a `Cookie` header; null where it has none of ours, or two. */
export function readSessionCookie(place: CookiePlace, header: string | null): string | null {
  if (header === null || header.length > 16_384) return null
  const prefix = `${sessionCookieName(place)}=`
  const ours = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
  const [only] = ours
  return ours.length === 1 && only !== undefined ? only.slice(prefix.length) || null : null
}
