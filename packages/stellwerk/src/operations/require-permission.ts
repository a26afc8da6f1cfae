import type { Permission } from '../domain/access/permission.ts'
import { rolesWith } from '../domain/access/role.ts'
import { type Actor, hasPermission, reachesQueue } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'

/** The part of {@link OperationDeps} that says who asks. */
export interface ActorDeps {
  readonly actor: Actor
}

/** Lets the call go on where the actor has the permission. Every operation begins with it. @throws PERMISSION_DENIED */
export function requirePermission({ actor }: ActorDeps, permission: Permission): void {
  if (hasPermission(actor, permission)) return
  throw new StellwerkError(
    'PERMISSION_DENIED',
    `${describeActor(actor)} may not do this: it needs '${permission}', which ${rolesWith(permission).join(', ')} have; ask for a token of such a role`,
    { details: { permission, roles: rolesWith(permission) } },
  )
}

/**
 * Lets an action go on where the actor reaches the queue it touches; `what` names the thing where its queue is not the caller's to know. Reads hide what is out of
 * reach instead. @throws PERMISSION_DENIED
 */
export function requireQueue({ actor }: ActorDeps, queue: string, what = `queue '${queue}'`): void {
  if (reachesQueue(actor, queue)) return
  const reached = (actor.queues ?? []).map((name) => `'${name}'`).join(', ')
  throw new StellwerkError(
    'PERMISSION_DENIED',
    `${describeActor(actor)} may not touch ${what}, only what is on ${reached === '' ? 'no queue' : `queue ${reached}`}; ask for a token that reaches it`,
    { details: { queues: actor.queues ?? [] } },
  )
}

/** Lets an action go on that touches all queues at once. @throws PERMISSION_DENIED */
export function requireEveryQueue({ actor }: ActorDeps): void {
  if (actor.queues === null) return
  throw new StellwerkError(
    'PERMISSION_DENIED',
    `${describeActor(actor)} may not do this: it touches every queue; ask for a token without a list of queues`,
  )
}

/** Lets the call go on for everyone but a caller that nobody knows. @throws UNAUTHENTICATED */
export function requireKnown({ actor }: ActorDeps): void {
  if (actor.kind !== 'anonymous') return
  throw new StellwerkError('UNAUTHENTICATED', 'nobody is logged in; log in with a token, or send it as a bearer')
}

function describeActor({ kind, name, role }: Actor): string {
  if (kind === 'anonymous') return 'an unknown caller'
  return `${role ?? kind} '${name}'`
}
