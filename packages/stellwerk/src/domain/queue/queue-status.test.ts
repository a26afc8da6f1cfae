import { expect, test } from 'vitest'
import { type QueueStatus, queueStatus } from './queue-status.ts'

const none = { scheduled: 9, pending: 0, blocked: 9, processing: 0, retrying: 9, completed: 9, failed: 9, cancelled: 9 }

test.each<
  [status: QueueStatus, facts: { pending: number; processing: number; stations: number; unservedPending?: boolean }]
>([
  ['idle', { pending: 0, processing: 0, stations: 0 }],
  ['idle', { pending: 0, processing: 0, stations: 3 }],
  ['running', { pending: 0, processing: 1, stations: 1 }],
  ['running', { pending: 5, processing: 1, stations: 1 }],
  ['waiting', { pending: 5, processing: 0, stations: 1 }],
  ['stuck', { pending: 5, processing: 0, stations: 0 }],
  ['stuck', { pending: 5, processing: 1, stations: 0 }],
  ['stuck', { pending: 5, processing: 4, stations: 2, unservedPending: true }],
])('%s with %j', (status, { pending, processing, stations, unservedPending = false }) => {
  expect(queueStatus({ counts: { ...none, pending, processing }, stations, unservedPending })).toBe(status)
})
