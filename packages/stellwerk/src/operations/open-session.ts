import { sessionLongestMs } from '../domain/access/lifetimes.ts'
import { type Actor, grantedActor } from '../domain/actor.ts'
import { isStellwerkError, StellwerkError } from '../domain/errors.ts'
import { audited, type Note } from './audited.ts'
import { findToken } from './authenticate-token.ts'
import type { OperationDeps } from './operation-deps.ts'
import { createSecret, hashSecret } from './secret-text.ts'

/** Turns a token into a session; returns the session's text for its cookie, or null where the token does not hold. `deps.actor` says where the call came from. */
export async function openSession(deps: OperationDeps, tokenText: string): Promise<string | null> {
  const token = await findToken(deps, tokenText)
  if (token === null) return await refuseLogin(deps, 'by a token')
  const { id: tokenId, name, role, queues } = token
  const as = {
    ...deps,
    actor: fromThere(grantedActor({ kind: 'session', name, tokenId }, { role, queues }), deps.actor),
  }
  return await audited(as, { action: 'session:open', target: 'by a token' }, async () => {
    const text = createSecret()
    await deps.store.sessions.open({
      hash: hashSecret(text),
      tokenId,
      name,
      role,
      queues,
      lifetimeMs: sessionLongestMs,
    })
    return text
  })
}

/** Turns the code of a one-time link into a session of an admin; returns its text, or null where the link was used, has run out or never was. Of several at once one wins. */
export async function redeemLoginLink(deps: OperationDeps, code: string): Promise<string | null> {
  const text = createSecret()
  const session = { hash: hashSecret(text), role: 'admin', lifetimeMs: sessionLongestMs } as const
  const name = await deps.store.sessions.redeemLink(hashSecret(code), session)
  if (name === null) return await refuseLogin(deps, 'by a login link')
  const as = { ...deps, actor: fromThere(grantedActor({ kind: 'session', name }, { role: 'admin' }), deps.actor) }
  return await audited(as, { action: 'session:open', target: 'by a login link' }, async () => text)
}

/** Ends a session; false where there was none. */
export function closeSession(deps: OperationDeps, text: string): Promise<boolean> {
  return audited(deps, { action: 'session:close', target: 'its session' }, async (note: Note) => {
    const closed = await deps.store.sessions.close(hashSecret(text))
    note({ count: closed ? 1 : 0 })
    return closed
  })
}

function fromThere(actor: Actor, { ip, requestId }: Actor): Actor {
  return { ...actor, ip, requestId }
}

/** Leaves its row like whatever is denied; a login that fails is an answer and no error. */
async function refuseLogin(deps: OperationDeps, target: string): Promise<null> {
  try {
    return await audited(deps, { action: 'session:open', target }, () =>
      Promise.reject(new StellwerkError('UNAUTHENTICATED', 'the token or link is unknown, has run out or was used')),
    )
  } catch (error) {
    if (isStellwerkError(error, 'UNAUTHENTICATED')) return null
    throw error
  }
}
