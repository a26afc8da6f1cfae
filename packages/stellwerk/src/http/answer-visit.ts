import { anonymousActor } from '../domain/actor.ts'
import { isStellwerkError, StellwerkError } from '../domain/errors.ts'
import { answerLogin } from './answer-login.ts'
import { answerPage } from './answer-page.ts'
import { assetResponse } from './assets.ts'
import { preferredLanguage } from './page.ts'
import { plainPage } from './plain-page.ts'
import { problemResponse } from './problem.ts'
import { problemStatus } from './problem-status.ts'
import type { KnownVisit, Reception } from './reception.ts'
import { admit } from './security/admit.ts'
import { tooMany } from './security/admit-login.ts'
import { withBodyDeadline } from './security/body-deadline.ts'
import { addressKey } from './security/client-address.ts'
import { actorKey, viewKey } from './view-key.ts'
import type { Visit } from './visit.ts'

/** Answers one request: host, size, site, sender, rate, then route or page; whatever is refused or goes wrong is an answer too. Never rejects. */
export async function answerVisit(visit: Visit, reception: Reception): Promise<Response> {
  const response = await answerSafely(visit, reception)
  for (const [name, value] of Object.entries(reception.headers)) response.headers.set(name, value)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  response.headers.set('x-request-id', visit.requestId)
  if (visit.method !== 'HEAD' || response.body === null) return response
  await response.body.cancel()
  return new Response(null, response)
}

async function answerSafely(visit: Visit, reception: Reception): Promise<Response> {
  try {
    return await answer(visit, reception)
  } catch (error) {
    const problem = problemResponse(error, { requestId: visit.requestId, log: reception.log })
    return isNavigation(visit) ? inWords(error, visit, problem) : problem
  }
}

async function answer(visit: Visit, reception: Reception): Promise<Response> {
  admit(visit, reception)
  const { path } = visit
  if (path === null) throw notFound(visit)
  const asset = await findAsset(visit, path, reception)
  if (asset !== undefined) return asset
  const known = await identify({ ...visit, path }, reception)
  if (isApiPath(path)) return await answerApi(known, reception)
  if (visit.method !== 'GET' && visit.method !== 'HEAD') throw notFound(visit)
  if (path === '/login' && new URL(visit.request.url).searchParams.has('code'))
    return await answerLogin(known, reception)
  return await answerPage(known, reception)
}

function isApiPath(path: string): boolean {
  return /^\/(?:api|health|prometheus)(?:\/|$)/.test(path)
}

async function findAsset(
  { request, method }: Visit,
  path: string,
  reception: Reception,
): Promise<Response | undefined> {
  if ((method !== 'GET' && method !== 'HEAD') || !path.includes('.')) return undefined
  const assets = await reception.assets()
  return assets === null ? undefined : assetResponse(assets, path.slice(1), request.headers)
}

/** Who it is, within the rate that they may ask at. @throws RATE_LIMITED, and what the application's hook throws */
async function identify(visit: Visit & { readonly path: string }, reception: Reception): Promise<KnownVisit> {
  const known = await reception.authenticate(visit)
  const key = known === null ? `address ${addressKey(visit.ip)}` : actorKey(known)
  const { allowed, retryAfterMs } = reception.rates.take(key)
  if (!allowed) throw tooMany('requests', retryAfterMs)
  return { ...visit, actor: known ?? anonymousActor(visit.ip, visit.requestId) }
}

async function answerApi(visit: KnownVisit, { api, room, authenticate }: Reception): Promise<Response> {
  const { actor, method, path, requestId, ip, isSecure } = visit
  const seen = viewKey('', actor)
  const isStillAllowed = async (): Promise<boolean> => {
    const now = await authenticate(visit)
    return now !== null && viewKey('', now) === seen
  }
  // A HEAD is answered as a GET, and its body dropped at the end: nothing is left open that way.
  const request = method === 'HEAD' ? new Request(visit.request, { method: 'GET' }) : withBodyDeadline(visit.request)
  const response = await api(request, actor, { requestId, path, ip, isSecure, isStillAllowed })
  if (method !== 'GET' && method !== 'HEAD' && response.ok) {
    room.samples.forget()
    room.streams.nudge()
  }
  return response
}

/** Whether a person opened it as a page. */
function isNavigation({ method, path, request }: Visit): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return !isApiPath(path ?? '/') && request.headers.get('accept')?.includes('text/html') === true
}

function inWords(error: unknown, { request }: Visit, { status, headers }: Response): Response {
  const isOurs = isStellwerkError(error) && problemStatus[error.code] < 500
  const html = plainPage({
    language: preferredLanguage(request.headers.get('accept-language')),
    title: `${status}`,
    paragraphs: [
      isOurs
        ? error.message
        : 'Something went wrong; try again in a moment. / Etwas ging schief; versuchen Sie es gleich noch einmal.',
    ],
  })
  const retryAfter = headers.get('retry-after')
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...(retryAfter !== null && { 'retry-after': retryAfter }),
    },
  })
}

function notFound({ path }: Visit): StellwerkError {
  return new StellwerkError('ROUTE_NOT_FOUND', `there is nothing at '${(path ?? '').slice(0, 200)}'`)
}
