import { expect, onTestFinished, test, vi } from 'vitest'
import { type Actor, grantedActor } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { BulkWatch } from '../operations/bulk-failed.ts'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import { BulkDesk, type BulkWork } from './bulk-desk.ts'

const now = async (): Promise<string> => '2027-01-31T08:00:00.000Z'

function someone(name: string, queues: readonly string[] | null = null): Actor {
  return grantedActor({ kind: 'session', name, tokenId: null }, { role: 'operator', queues })
}

function makeDesk(): BulkDesk {
  const desk = new BulkDesk(silentLog)
  onTestFinished(() => desk.close())
  return desk
}

/** A thousand jobs a step, until there are no more or it is told to end. */
function workOf(change: Partial<BulkWork> = {}, matched = 3_000): BulkWork {
  const run = async ({ onStep, mayGoOn }: BulkWatch): Promise<number> => {
    let changed = 0
    while (changed < matched) {
      changed += 1_000
      onStep(changed)
      if (changed < matched && !(await mayGoOn())) break
    }
    return changed
  }
  return { action: 'retry', actor: someone('ana'), matched, now, isStillAllowed: async () => true, run, ...change }
}

test('an operation is answered at once, goes on by itself, and says how far it has come', async () => {
  const desk = makeDesk()
  const begun = await desk.start(workOf())
  expect(begun).toMatchObject({ state: 'running', by: 'ana', matched: 3_000, endedAt: null })
  await vi.waitFor(() => expect(desk.list(someone('ana'))[0]?.state).toBe('done'), 20_000)
  expect(desk.list(someone('ana'))).toMatchObject([
    { id: begun.id, changed: 3_000, reason: null, endedAt: await now() },
  ])
})

test('closing ends it between two steps, waits for the step under way, and says how far it came', async () => {
  const desk = makeDesk()
  const gate = deferred<void>()
  let hasEnded = false
  const run = async ({ onStep, mayGoOn }: BulkWatch): Promise<number> => {
    await gate.promise
    onStep(1_000)
    expect(await mayGoOn()).toBe(false)
    hasEnded = true
    return 1_000
  }
  await desk.start(workOf({ run }))
  const closed = desk.close()
  gate.resolve()
  await closed
  expect(hasEnded).toBe(true)
  expect(desk.list(someone('ana'))).toMatchObject([{ state: 'stopped', reason: 'CLOSED', changed: 1_000 }])
  await expect(desk.start(workOf())).rejects.toMatchObject({ code: 'CLOSED' })
})

test('a right that was taken away ends it', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const desk = makeDesk()
  await desk.start(workOf({ isStillAllowed: async () => false }, 20_000_000))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(desk.list(someone('ana'))[0]?.state).toBe('running')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(desk.list(someone('ana'))[0]).toMatchObject({ state: 'stopped', reason: 'PERMISSION_DENIED' })
})

test('what fails on the way says why, and what was changed until then', async () => {
  const desk = makeDesk()
  const run = async ({ onStep }: BulkWatch): Promise<number> => {
    onStep(1_000)
    throw new StellwerkError('STORE_UNREACHABLE', 'away')
  }
  await desk.start(workOf({ run }))
  await vi.waitFor(
    () =>
      expect(desk.list(someone('ana'))).toMatchObject([
        { state: 'failed', reason: 'STORE_UNREACHABLE', changed: 1_000 },
      ]),
    20_000,
  )
})

test('only a few run at a time, and who reaches some queues sees their own alone', async () => {
  const desk = makeDesk()
  const gate = deferred<number>()
  const bob = someone('bob', ['mails'])
  for (const actor of [someone('ana'), bob, bob, bob]) await desk.start(workOf({ actor, run: () => gate.promise }))
  await expect(desk.start(workOf())).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  expect([desk.list(bob).length, desk.list(someone('eve')).length]).toEqual([3, 4])
  gate.resolve(3_000)
  await vi.waitFor(() => expect(desk.list(bob)[0]?.state).toBe('done'), 20_000)
})
