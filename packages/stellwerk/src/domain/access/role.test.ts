import { expect, test } from 'vitest'
import { anonymousActor, grantedActor, hasPermission, reachesQueue, readOnlyActor, trustedActor } from '../actor.ts'
import { changingPermissions, permissions } from './permission.ts'
import { queuesOfRole, rolePermissions, roles, rolesWith } from './role.ts'

test('every permission belongs to the admin, and the roles grow from viewer to admin', () => {
  expect(rolePermissions.admin).toEqual(permissions)
  expect(rolePermissions.operator).toEqual(expect.arrayContaining([...rolePermissions.viewer]))
  expect(rolesWith('token:manage')).toEqual(['admin'])
  expect(rolesWith('audit:read')).toEqual(['admin'])
  expect(rolesWith('payload:read')).toEqual(['operator', 'admin'])
})

test('a viewer, and a program that reads metrics, change nothing', () => {
  for (const role of ['viewer', 'metrics'] as const)
    expect(rolePermissions[role].filter((permission) => changingPermissions.includes(permission))).toEqual([])
})

test('a producer without a list reaches no queue, every other role all of them', () => {
  expect(queuesOfRole('producer', null)).toEqual([])
  expect(queuesOfRole('producer', ['mail'])).toEqual(['mail'])
  for (const role of roles.filter((name) => name !== 'producer')) expect(queuesOfRole(role, null)).toBeNull()
})

test('who owns the machine may do everything, nobody that is known nothing', () => {
  for (const permission of permissions) {
    expect(hasPermission(trustedActor('cli', 'root'), permission)).toBe(true)
    expect(hasPermission(anonymousActor('10.0.0.1', null), permission)).toBe(false)
  }
  expect(reachesQueue(trustedActor('application', 'shop'), 'mail')).toBe(true)
  expect(reachesQueue(anonymousActor(null, null), 'mail')).toBe(false)
})

test('permissions that are given stand in place of those of the role', () => {
  const narrow = grantedActor({ kind: 'session', name: 'ada' }, { role: 'admin', permissions: ['job:read'] })
  expect(permissions.filter((permission) => hasPermission(narrow, permission))).toEqual(['job:read'])
  const none = grantedActor({ kind: 'session', name: 'ada' }, {})
  expect(none.permissions).toEqual([])
})

test('read-only takes what changes something from everyone, the owner of the machine included', () => {
  const admin = readOnlyActor(trustedActor('cli', 'root'))
  expect(permissions.filter((permission) => hasPermission(admin, permission))).toEqual(
    permissions.filter((permission) => permission.endsWith(':read')),
  )
})
