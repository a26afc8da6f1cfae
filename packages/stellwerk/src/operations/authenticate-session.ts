import { lastUseMs, sessionIdleMs } from '../domain/access/lifetimes.ts'
import { type Actor, grantedActor } from '../domain/actor.ts'
import type { AuthenticationDeps } from './authenticate-token.ts'
import { hashSecret, isSameHash } from './secret-text.ts'

/** Who a session belongs to; null where there is none, it has ended, or its token no longer holds. Its use is noted at most once a minute. */
export async function authenticateSession({ store, log }: AuthenticationDeps, text: string): Promise<Actor | null> {
  const hash = hashSecret(text)
  const session = await store.sessions.findLive(hash, sessionIdleMs)
  if (!isSameHash(hash, session?.hash) || session === undefined) return null
  if (session.now - session.lastSeenAt >= lastUseMs)
    await store.sessions.touch(hash).catch((error: unknown) => {
      log.warn('the last use of a session was not noted', { name: session.name, error })
    })
  const { name, role, queues, tokenId } = session
  return grantedActor({ kind: 'session', name, tokenId }, { role, queues })
}
