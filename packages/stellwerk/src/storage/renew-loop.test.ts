import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { StellwerkError } from '../domain/errors.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { LeaseMessage, LeaseThreadOptions } from './lease-messages.ts'
import { type LeaseConnection, runRenewLoop } from './renew-loop.ts'

function thread(connection: LeaseConnection, options: Partial<LeaseThreadOptions> = {}) {
  const { port1, port2 } = new MessageChannel()
  const ended = runRenewLoop(
    {
      stationId: 'a',
      leaseMs: 1000,
      everyMs: 5,
      ticks: new SharedArrayBuffer(4),
      stalledAfterMs: 60_000,
      ...options,
    },
    port1,
    async () => connection,
  )
  return { port: port2, ended }
}

function nextMessage(port: MessagePort): Promise<LeaseMessage> {
  return new Promise((resolve) => port.once('message', resolve))
}

const close = async (): Promise<void> => {}

test('renews at once and says when the renewal was sent', async () => {
  const before = sharedClockMs()
  const { port, ended } = thread({ renew: async () => true, close })
  const message = await nextMessage(port)
  expect(message.kind === 'renewed' && message.startedMs >= before).toBe(true)
  port.postMessage({ kind: 'stop' })
  await ended
})

test('ends by itself once the station was declared dead', async () => {
  const { port, ended } = thread({ renew: async () => false, close })
  expect(await nextMessage(port)).toEqual({ kind: 'dead' })
  await ended
})

test('a failed contact is told and the connection opened again', async () => {
  let calls = 0
  const renew = async (): Promise<boolean> => {
    calls += 1
    if (calls === 1) throw new Error('no route')
    return true
  }
  const { port, ended } = thread({ renew, close })
  expect(await nextMessage(port)).toEqual({ kind: 'failed', message: 'no route' })
  expect((await nextMessage(port)).kind).toBe('renewed')
  port.postMessage({ kind: 'stop' })
  await ended
})

test('what kind of failure it was goes with it', async () => {
  const renew = (): Promise<boolean> => Promise.reject(new StellwerkError('STORE_UNREACHABLE', 'no route'))
  const { port, ended } = thread({ renew, close })
  expect(await nextMessage(port)).toEqual({ kind: 'failed', message: 'no route', code: 'STORE_UNREACHABLE' })
  port.postMessage({ kind: 'stop' })
  await ended
})

test('does not renew while the main loop stands still', async () => {
  let renewals = 0
  const ticks = new SharedArrayBuffer(4)
  const renew = async (): Promise<boolean> => {
    renewals += 1
    return true
  }
  const { port, ended } = thread({ renew, close }, { ticks, stalledAfterMs: 0 })
  expect(await nextMessage(port)).toEqual({ kind: 'stalled' })
  expect(renewals).toBe(0)
  port.postMessage({ kind: 'stop' })
  await ended
})
