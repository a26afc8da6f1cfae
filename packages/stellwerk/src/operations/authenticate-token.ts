import { lastUseMs } from '../domain/access/lifetimes.ts'
import { type Actor, grantedActor } from '../domain/actor.ts'
import type { Log } from '../std/log.ts'
import type { Store } from '../storage/store.ts'
import type { LiveToken } from '../storage/token-store.ts'
import { hashSecret, isSameHash } from './secret-text.ts'

/** What it takes to find out who somebody is: nobody asks for it yet. */
export interface AuthenticationDeps {
  readonly store: Pick<Store, 'tokens' | 'sessions'>
  readonly log: Log
}

/** Who bears this token; null where there is none, or it no longer holds. An unknown one costs what a known one costs. */
export async function authenticateToken(deps: AuthenticationDeps, text: string): Promise<Actor | null> {
  const token = await findToken(deps, text)
  return token === null ? null : tokenActor(token)
}

/** The record of a token that holds now, by its text; notes its use at most once a minute. */
export async function findToken({ store, log }: AuthenticationDeps, text: string): Promise<LiveToken | null> {
  const hash = hashSecret(text)
  const token = await store.tokens.findLive(hash)
  if (!isSameHash(hash, token?.hash) || token === undefined) return null
  if (token.lastUsedAt === null || token.now - token.lastUsedAt >= lastUseMs)
    await store.tokens.touch(token.id).catch((error: unknown) => {
      log.warn('the last use of a token was not noted', { token: token.id, error })
    })
  return token
}

/** The actor that a token stands for. */
export function tokenActor({ id, name, role, queues }: LiveToken): Actor {
  return grantedActor({ kind: 'token', name, tokenId: id }, { role, queues })
}
