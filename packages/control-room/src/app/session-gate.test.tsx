import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acting, draw, untilDrawn } from '../../test/draw.tsx'
import { scenarios } from '../../test/fixtures/scenarios.ts'
import { createRoom } from './create-room.ts'
import { Room } from './room.tsx'

let parts = createRoom({ basePath: '' })
let isSignedIn = false

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status })
}

async function answer(address: string, { method }: RequestInit): Promise<Response> {
  if (method === 'POST') isSignedIn = true
  if (method === 'POST') return new Response(null, { status: 204 })
  if (!isSignedIn) return json({ code: 'UNAUTHENTICATED', detail: 'no' }, 401)
  if (address.endsWith('/session')) return json(scenarios.trouble.session)
  if (address.includes('/stream')) return new Response(null, { status: 503 })
  if (address.endsWith('/overview')) return json(scenarios.trouble.overview)
  return json({ at: new Date().toISOString(), queues: scenarios.trouble.overview.queues })
}

beforeEach(() => {
  isSignedIn = false
  parts = createRoom({ basePath: '' })
})

afterEach(() => {
  parts.queries.clear()
  parts.api.live.close()
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

test('who is not signed in gets the login page, and afterwards the page that was asked for', async () => {
  vi.stubGlobal('fetch', vi.fn(answer))
  history.replaceState(null, '', '/queues/emails?sort=-waiting')
  const room = await draw(<Room basePath="" parts={parts} />)
  await untilDrawn(() => expect(room.place.querySelector('h1')?.textContent).toBe('Sign in to Stellwerk'))
  expect(location.pathname + location.search).toBe('/queues/emails?sort=-waiting')
  const field = room.place.querySelector('input')
  await acting(() => {
    if (field !== null) field.value = `stw_${'a'.repeat(43)}`
    room.place.querySelector('form')?.requestSubmit()
  })
  await untilDrawn(() => expect(room.place.querySelector('h1')?.textContent).toBe('emails'))
  expect(location.pathname + location.search).toBe('/queues/emails?sort=-waiting')
  await room.remove()
})

test('what cannot be a token is not sent', async () => {
  const fetched = vi.fn(answer)
  vi.stubGlobal('fetch', fetched)
  const room = await draw(<Room basePath="" parts={parts} />)
  await untilDrawn(() => expect(room.place.querySelector('form')).not.toBeNull())
  await acting(() => {
    const field = room.place.querySelector('input')
    if (field !== null) field.value = 'hunter2'
    room.place.querySelector('form')?.requestSubmit()
  })
  expect(room.place.querySelector('[role="alert"]')?.textContent).toContain('stw_')
  expect(fetched.mock.calls.every(([, init]) => init.method === 'GET')).toBe(true)
  await room.remove()
})
