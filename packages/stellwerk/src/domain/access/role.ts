import { type Permission, permissions } from './permission.ts'

/** Names for sets of permissions, from the weakest bystander to who may do everything; producer and metrics are for programs. */
export const roles = ['viewer', 'operator', 'admin', 'producer', 'metrics'] as const

/** One of {@link roles}. */
export type Role = (typeof roles)[number]

const viewer: readonly Permission[] = ['job:read', 'queue:read', 'metrics:read', 'station:read', 'health:read']

const operator: readonly Permission[] = [
  ...viewer,
  'payload:read',
  'job:dispatch',
  'job:retry',
  'job:cancel',
  'job:delete',
  'job:prioritize',
  'job:archive',
  'queue:pause',
  'worker:control',
]

/** The one table from role to permissions. A producer dispatches to the queues it is given, and without a list to none. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  operator,
  admin: permissions,
  producer: ['job:dispatch'],
  metrics: ['metrics:read', 'health:read'],
}

/** Whether `text` names a role. */
export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

/** The roles that have a permission, in the order of {@link roles}. */
export function rolesWith(permission: Permission): readonly Role[] {
  return roles.filter((role) => rolePermissions[role].includes(permission))
}

/** The queues a role reaches with the list it was given: a producer without one reaches none, everyone else all (null). */
export function queuesOfRole(role: Role | null, queues: readonly string[] | null): readonly string[] | null {
  return role === 'producer' && queues === null ? [] : queues
}
