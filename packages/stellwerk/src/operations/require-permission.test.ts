import { expect, test } from 'vitest'
import { anonymousActor, grantedActor, trustedActor } from '../domain/actor.ts'
import { requirePermission, requireQueue } from './require-permission.ts'

const viewer = grantedActor({ kind: 'token', name: 'screen' }, { role: 'viewer', queues: ['mail'] })

test('a missing permission is named, with the roles that have it', () => {
  expect(() => requirePermission({ actor: viewer }, 'job:retry')).toThrow(
    expect.objectContaining({
      code: 'PERMISSION_DENIED',
      message:
        "viewer 'screen' may not do this: it needs 'job:retry', which operator, admin have; ask for a token of such a role",
      details: { permission: 'job:retry', roles: ['operator', 'admin'] },
    }),
  )
  expect(() => requirePermission({ actor: anonymousActor(null, null) }, 'job:read')).toThrow('an unknown caller')
})

test('a queue out of reach is refused, one within reach is not', () => {
  expect(() => requireQueue({ actor: viewer }, 'bills')).toThrow(
    expect.objectContaining({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining("queue 'bills', only what is on queue 'mail'"),
    }),
  )
  expect(() => requireQueue({ actor: viewer }, 'mail')).not.toThrow()
  expect(() => requireQueue({ actor: trustedActor('cli', 'root') }, 'bills')).not.toThrow()
  expect(() => requirePermission({ actor: viewer }, 'job:read')).not.toThrow()
})
