import { hasPermission } from '../domain/actor.ts'
import { sleep } from '../std/sleep.ts'
import type { FirstAnswers } from './page.ts'
import type { KnownVisit, Reception } from './reception.ts'
import { apiPrefix } from './router.ts'

/** A page waits no longer for what it could ask for itself. */
const longestWaitMs = 1_000
/** Bytes of an overview at most: one of some hundred queues is asked for, so that the page stays small. */
const largestOverview = 16_384

/**
 * Who looks, and the overview, which every page shows a part of: what a page would ask first, so that it comes with it. Goes through the
 * interface, so that permission, redaction and the samples that are shared are the same. Without a key where there is none in time; never rejects.
 */
export async function firstAnswers(visit: KnownVisit, reception: Reception): Promise<FirstAnswers> {
  if (visit.actor.kind === 'anonymous') return { session: null }
  const session = await firstAnswer('/session', visit, reception)
  if (session === undefined) return {}
  const first = { session: JSON.parse(session) as unknown }
  if (!hasPermission(visit.actor, 'queue:read')) return first
  const overview = await firstAnswer('/overview', visit, reception)
  const isBrought = overview !== undefined && overview.length <= largestOverview
  return isBrought ? { ...first, overview: JSON.parse(overview) as unknown } : first
}

/** What the interface answers, as text; undefined where it refuses, fails or takes too long. */
async function firstAnswer(path: string, visit: KnownVisit, { api }: Reception): Promise<string | undefined> {
  const { actor, requestId, ip, isSecure } = visit
  const whole = `${apiPrefix}${path}`
  const ask = async (): Promise<string | undefined> => {
    const meta = { requestId, path: whole, ip, isSecure, isStillAllowed: async () => true }
    const response = await api(new Request(`http://room.invalid${whole}`), actor, meta)
    return response.ok ? await response.text() : undefined
  }
  const isAnswered = new AbortController()
  const asked = ask().finally(() => isAnswered.abort())
  await sleep(longestWaitMs, isAnswered.signal)
  return isAnswered.signal.aborted ? await asked : undefined
}
