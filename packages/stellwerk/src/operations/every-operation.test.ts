import { globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Allowed, type Entry, operations } from '../../test/operations/operation-entries.ts'
import { openTestStore } from '../../test/temporary-store.ts'
import { type Role, roles } from '../domain/access/role.ts'
import { type Actor, anonymousActor, grantedActor, readOnlyActor, trustedActor } from '../domain/actor.ts'
import { isStellwerkError } from '../domain/errors.ts'
import { silentLog } from '../std/log.ts'
import { startStation } from '../storage/conformance/store-steps.ts'
import type { Store } from '../storage/store.ts'

type Caller = Role | 'anonymous' | 'no role'

const whole = trustedActor('application', 'owner')

/** Parts of operations: they check nothing, and no face may call them alone. */
const parts = [
  'HourReader',
  'OverviewMemory',
  'TotalsReader',
  'audited',
  'cancelOrTell',
  'countStates',
  'createSecret',
  'findJobToChange',
  'denyAudited',
  'hashSecret',
  'isAlive',
  'isDispatchRecorded',
  'isSameHash',
  'keptReason',
  'jobNotFound',
  'lifeOf',
  'ratioOf',
  'requireEveryQueue',
  'requireKnown',
  'requirePermission',
  'requireQueue',
  'resolveJobId',
  'resolveTarget',
  'tokenActor',
  'total',
  'withinReach',
  'workerNotFound',
]

function actorOf(role: Caller): Actor {
  if (role === 'anonymous') return anonymousActor('10.0.0.7', 'r-1')
  const who = { kind: 'token', name: role, tokenId: 1 } as const
  return role === 'no role'
    ? grantedActor(who, {})
    : grantedActor(who, { role, queues: role === 'producer' ? ['mail'] : null })
}

function isAllowed(allowed: Allowed, role: Caller): boolean {
  if (allowed === 'everyone') return true
  if (allowed === 'known') return role !== 'anonymous'
  return role !== 'anonymous' && role !== 'no role' && allowed.includes(role)
}

async function openWorking(): Promise<Store> {
  const store = await openTestStore()
  await startStation(store, { types: ['send'], queues: ['*'] })
  return store
}

/** The code that a call is denied with, or null where it goes through. */
async function denialOf(run: Promise<unknown>): Promise<string | null> {
  try {
    await run
    return null
  } catch (error) {
    if (isStellwerkError(error)) return error.code
    throw error
  }
}

test('every operation has its entry in this table', async () => {
  const folder = fileURLToPath(new URL('./', import.meta.url))
  const files = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(20)
  const modules = await Promise.all(
    files.map(async (file) => {
      const address = pathToFileURL(join(folder, file)).href
      return Object.entries((await import(address)) as Readonly<Record<string, unknown>>)
    }),
  )
  const functions = modules.flat().flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
  expect(functions.toSorted()).toEqual([...Object.keys(operations), ...parts].toSorted())
})

/** What the one row about a call must say. */
function rowOf({ allowed, action }: Entry, role: Caller, denial: string | null): object | null {
  if (action === undefined) return null
  if (allowed === 'everyone') return { action }
  const outcome = denial === null ? 'done' : 'denied'
  const from = role === 'anonymous' ? { tokenId: null, ip: '10.0.0.7' } : { tokenId: 1, ip: null }
  return { action, actorName: role, outcome, reason: denial, ...from }
}

describe.each(Object.entries(operations))('%s', (_name, entry) => {
  const { allowed, action, run } = entry

  test.each([...roles, 'anonymous', 'no role'] as const)('as %s', async (role) => {
    const store = await openWorking()
    const denial = await denialOf(run({ store, log: silentLog, actor: actorOf(role) }))
    const denied = allowed === 'known' ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED'
    expect(denial).toBe(isAllowed(allowed, role) ? null : denied)
    const rows = await store.audit.list({ limit: 10 })
    const row = rowOf(entry, role, denial)
    expect(rows).toHaveLength(row === null ? 0 : 1)
    if (row !== null) expect(rows[0]).toMatchObject(row)
  })

  test('read-only lets nobody change anything', async () => {
    if (action === undefined || allowed === 'everyone') return
    const store = await openWorking()
    const deps = { store, log: silentLog, actor: readOnlyActor(whole) }
    expect(await denialOf(run(deps))).toBe('PERMISSION_DENIED')
  })
})
