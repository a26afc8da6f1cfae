import { StellwerkError } from '../domain/errors.ts'
import { firstAnswers } from './first-answers.ts'
import { firstFiles, isPage } from './first-files.ts'
import { completePage, type Language, preferredLanguage } from './page.ts'
import { closedPage, plainPage } from './plain-page.ts'
import type { KnownVisit, Reception } from './reception.ts'

/** Answers with the page of the room; 404 where it knows no such page, 403 where nobody could enter. @throws ROUTE_NOT_FOUND for what is no page */
export async function answerPage(visit: KnownVisit, reception: Reception): Promise<Response> {
  const { request, path, prefix } = visit
  const language = preferredLanguage(request.headers.get('accept-language'))
  const looksLikeFile = path.startsWith('/assets/') || /\.\w+$/.test(path)
  const asksForHtml = request.headers.get('accept')?.includes('text/html') === true
  const isKnown = isPage(path)
  if (looksLikeFile || (!isKnown && !asksForHtml))
    throw new StellwerkError('ROUTE_NOT_FOUND', `there is nothing at '${path.slice(0, 200)}'`)
  if (await isClosed(visit, reception)) return html(closedPage(language), 403)
  const built = await reception.assets()
  if (built === null) return html(notBuilt(language), 503)
  const { title, environment } = reception.room
  const boot = { basePath: prefix, title, environment, language, ...(await firstAnswers(visit, reception)) }
  const files = firstFiles(built, { path, language, isSignedIn: visit.actor.kind !== 'anonymous' })
  return html(completePage(built.page, boot, files), isKnown ? 200 : 404)
}

/** Whether there is no way in: the application says nothing, and no token was ever made. */
async function isClosed({ actor }: KnownVisit, { options, store }: Reception): Promise<boolean> {
  if (options.authorize !== undefined || actor.kind !== 'anonymous') return false
  return (await store.tokens.countLive()) === 0
}

function notBuilt(language: Language): string {
  return plainPage({
    language,
    title: 'Stellwerk',
    paragraphs: ["The pages are not built in this checkout: run 'npm run build'. The interface under /api/v1 works."],
  })
}

function html(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept-language' },
  })
}
