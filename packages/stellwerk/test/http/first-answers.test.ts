import { expect, test } from 'vitest'
import { JobRegistry } from '../../src/client/job-registry.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { createControlRoom } from '../../src/http/control-room.ts'
import { listAudit } from '../../src/operations/list-audit.ts'
import { silentLog } from '../../src/std/log.ts'
import { newToken, openTestStellwerk } from './open-room.ts'

const page = '<html lang="en"><script type="application/json" id="boot">{}</script></html>'

/** Opens a page with a token, or as nobody, and returns what it was told. */
function pagesOf(stellwerk: Stellwerk) {
  const { store, actor } = stellwerk.deps()
  const room = createControlRoom(
    {
      store,
      actor,
      log: silentLog,
      registry: new JobRegistry([]),
      installationId: 'first-answers',
      dispatchAs: () => Promise.reject(new Error('nothing is dispatched here')),
      assets: async () => ({ page, files: {} }),
    },
    {},
  )
  return async (path: string, token?: string): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { host: 'localhost:7575', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
    const answer = await room.fetch(new Request(`http://localhost:7575${path}`, { headers }))
    const [, json = ''] = /id="boot">([^<]*)<\/script>/.exec(await answer.text()) ?? []
    return JSON.parse(json) as Readonly<Record<string, unknown>>
  }
}

test('a page brings who looks, and the overview as they may see it', async () => {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch('greet')
  const open = pagesOf(stellwerk)
  const told = await open('/jobs', await newToken(stellwerk, 'viewer'))
  expect(told['session']).toMatchObject({ actor: { kind: 'token', role: 'viewer' }, queues: null })
  expect(told['overview']).toMatchObject({ counts: { pending: 1 }, queues: [{ queue: 'mail' }] })
})

test('who may not see the overview gets none of it, and no row says that they were refused', async () => {
  const stellwerk = await openTestStellwerk()
  const open = pagesOf(stellwerk)
  const told = await open('/', await newToken(stellwerk, 'producer', ['mail']))
  expect(told['session']).toMatchObject({ queues: ['mail'] })
  expect(told).not.toHaveProperty('overview')
  expect(await open('/')).toMatchObject({ session: null })
  const { entries } = await listAudit(stellwerk.deps(), {})
  expect(entries.map(({ action }) => action)).toEqual(['token:create'])
})

test('a page whose store does not answer comes without them', async () => {
  const stellwerk = await openTestStellwerk()
  const token = await newToken(stellwerk, 'viewer')
  const { store } = stellwerk.deps()
  const open = pagesOf(stellwerk)
  store.metrics.now = () => new Promise(() => undefined)
  const told = await open('/', token)
  expect(told).not.toHaveProperty('session')
  expect(told).not.toHaveProperty('overview')
})
