import { expect, test } from 'vitest'
import { actorKey, viewKey } from './view-key.ts'

test('who may and reaches the same sees the same, whatever the order', () => {
  const ada = { permissions: ['job:read', 'queue:read'], queues: ['mail', 'sms'] } as const
  const ben = { permissions: ['queue:read', 'job:read'], queues: ['sms', 'mail'] } as const
  expect(viewKey('overview', ada)).toBe(viewKey('overview', ben))
})

test('another topic, another right or another queue is another view', () => {
  const ada = { permissions: ['job:read'], queues: null } as const
  const others = [
    viewKey('queues', ada),
    viewKey('overview', { permissions: ['job:read', 'payload:read'], queues: null }),
    viewKey('overview', { permissions: 'all', queues: null }),
    viewKey('overview', { permissions: ['job:read'], queues: [] }),
    viewKey('overview', { permissions: ['job:read'], queues: ['mail","sms'] }),
    viewKey('overview', { permissions: ['job:read'], queues: ['mail', 'sms'] }),
  ]
  expect(new Set([...others, viewKey('overview', ada)]).size).toBe(7)
})

test('all sessions of a token count as one client; others by name, and by address where they share one', () => {
  const ada = { kind: 'session', name: 'ada', tokenId: null, ip: '10.0.0.1' } as const
  expect(actorKey({ ...ada, tokenId: 3 })).toBe(actorKey({ ...ada, kind: 'token', tokenId: 3, ip: '10.0.0.2' }))
  expect(actorKey(ada)).not.toBe(actorKey({ ...ada, name: 'ben' }))
  expect(actorKey(ada)).not.toBe(actorKey({ ...ada, ip: '10.0.0.2' }))
})
