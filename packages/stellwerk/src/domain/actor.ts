import { changingPermissions, type Permission, permissions } from './access/permission.ts'
import { queuesOfRole, type Role, rolePermissions } from './access/role.ts'

/** Where an order came from. */
export type ActorKind = 'application' | 'cli' | 'token' | 'session' | 'station' | 'anonymous'

/**
 * Who asks for something, and what they may: made per call, kept with what they changed. `name` is the operating-system user, a token's label or the
 * application's name. `queues` null = every queue; `ip` and `requestId` are null where nothing came over the network.
 */
export interface Actor {
  readonly kind: ActorKind
  readonly name: string
  readonly role: Role | null
  readonly permissions: readonly Permission[] | 'all'
  readonly queues: readonly string[] | null
  readonly tokenId: number | null
  readonly ip: string | null
  readonly requestId: string | null
}

/** What someone was granted: a role, or permissions of their own, and perhaps some queues only. Permissions given here come in place of the role's. */
export interface Grant {
  readonly role?: Role | null
  readonly permissions?: readonly Permission[]
  readonly queues?: readonly string[] | null
}

/** Who owns the machine or the process may do everything: the application, its command line, its stations. */
export function trustedActor(kind: 'application' | 'cli' | 'station', name: string): Actor {
  return { kind, name, role: null, permissions: 'all', queues: null, tokenId: null, ip: null, requestId: null }
}

/** Somebody who came over the network, with what they were granted; without a role or permissions that is nothing. */
export function grantedActor(
  who: { readonly kind: 'token' | 'session'; readonly name: string; readonly tokenId?: number | null },
  { role = null, permissions: own, queues = null }: Grant,
): Actor {
  return {
    kind: who.kind,
    name: who.name,
    role,
    permissions: own ?? (role === null ? [] : rolePermissions[role]),
    queues: queuesOfRole(role, queues),
    tokenId: who.tokenId ?? null,
    ip: null,
    requestId: null,
  }
}

/** Nobody that is known: may nothing, and is recorded with the address it came from. */
export function anonymousActor(ip: string | null, requestId: string | null): Actor {
  return { kind: 'anonymous', name: 'anonymous', role: null, permissions: [], queues: [], tokenId: null, ip, requestId }
}

/** The same actor without whatever changes something: for read-only mode. */
export function readOnlyActor(actor: Actor): Actor {
  const held = actor.permissions === 'all' ? permissions : actor.permissions
  return { ...actor, permissions: held.filter((permission) => !changingPermissions.includes(permission)) }
}

/** Whether an actor may do what `permission` names, in the queues it reaches. */
export function hasPermission(actor: Actor, permission: Permission): boolean {
  return actor.permissions === 'all' || actor.permissions.includes(permission)
}

/** Whether an actor reaches a queue. */
export function reachesQueue(actor: Actor, queue: string): boolean {
  return actor.queues === null || actor.queues.includes(queue)
}
