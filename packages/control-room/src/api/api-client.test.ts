import { afterEach, expect, test, vi } from 'vitest'
import { createApiClient } from './api-client.ts'
import { ApiProblem } from './problem.ts'

const client = createApiClient('/room')

function answer(body: string, init: ResponseInit = {}): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(body, init))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const caught = await work.catch((error: unknown) => error)
  if (!(caught instanceof ApiProblem)) throw new Error('it was no problem')
  return caught
}

afterEach(() => vi.unstubAllGlobals())

test('it asks below the prefix, and says what it sends', async () => {
  const fetched = answer('{"matched":1}')
  expect(await client.send('/jobs/actions', { method: 'POST', body: { ids: ['7'] } })).toEqual({ matched: 1 })
  expect(fetched).toHaveBeenCalledWith(
    '/room/api/v1/jobs/actions',
    expect.objectContaining({
      method: 'POST',
      body: '{"ids":["7"]}',
      headers: expect.objectContaining({ 'content-type': 'application/json' }),
    }),
  )
})

test('an answer without a body is no value', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  expect(await client.send('/session', { method: 'DELETE' })).toBeUndefined()
})

test('a problem of the interface keeps its code, its words and the id of the request', async () => {
  answer('{"code":"JOB_PROCESSING","detail":"job 7 is running","status":409,"instance":"r-1"}', { status: 409 })
  const { code, status, message, requestId } = await problemOf(client.send('/jobs/7', { method: 'DELETE' }))
  expect({ code, status, message, requestId }).toEqual({
    code: 'JOB_PROCESSING',
    status: 409,
    message: 'job 7 is running',
    requestId: 'r-1',
  })
})

test('an answer of a proxy in front of it is a problem of the network', async () => {
  answer('<h1>Bad gateway</h1>', { status: 502 })
  expect(await problemOf(client.send('/overview'))).toMatchObject({ code: 'NETWORK', status: 502 })
})

test('no answer is a problem of the network with status 0', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  expect(await problemOf(client.send('/overview'))).toMatchObject({ code: 'NETWORK', status: 0 })
})
