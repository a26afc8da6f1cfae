/** Everything that can be allowed, as noun:verb. The set is closed: roles, routes and operations name nothing else. */
export const permissions = [
  'job:read',
  'payload:read',
  'job:dispatch',
  'job:retry',
  'job:cancel',
  'job:delete',
  'job:prioritize',
  'job:archive',
  'queue:read',
  'queue:pause',
  'metrics:read',
  'station:read',
  'worker:control',
  'maintenance:manage',
  'health:read',
  'audit:read',
  'token:manage',
] as const

/** One of {@link permissions}. */
export type Permission = (typeof permissions)[number]

/** Those that change something: read-only mode takes them from everyone. */
export const changingPermissions: readonly Permission[] = permissions.filter(
  (permission) => !permission.endsWith(':read'),
)

/** Whether `text` names a permission. */
export function isPermission(text: string): text is Permission {
  return (permissions as readonly string[]).includes(text)
}
