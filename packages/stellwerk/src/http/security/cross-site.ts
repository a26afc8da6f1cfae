/** What of a request tells whether another site's page sent it. */
export interface SentFrom {
  readonly method: string
  readonly headers: Headers
  /** Scheme and host under which the browser knows us, such as `https://jobs.example.com`. */
  readonly ownOrigin: string
  /** Whether it opens the page itself (not an endpoint that is read by programs): such a one may come from anywhere by GET. */
  readonly isPage: boolean
}

/**
 * Whether a request is refused as cross-site. Everything but GET and HEAD must say that it comes from our own pages: by Sec-Fetch-Site, or where that is
 * missing (old browsers, plain HTTP in a network) by an Origin that equals ours. A request with a bearer token and no cookie is exempt: no browser adds one
 * by itself. Reading is refused where the browser says that another site's page does it.
 */
export function isCrossSite({ method, headers, ownOrigin, isPage }: SentFrom): boolean {
  if (hasBearerAlone(headers)) return false
  const site = headers.get('sec-fetch-site')
  if (method === 'GET' || method === 'HEAD') return !isPage && (site === 'cross-site' || site === 'same-site')
  if (site !== null) return site !== 'same-origin'
  return headers.get('origin') !== ownOrigin
}

function hasBearerAlone(headers: Headers): boolean {
  return !headers.has('cookie') && /^bearer\s+\S/i.test(headers.get('authorization') ?? '')
}
