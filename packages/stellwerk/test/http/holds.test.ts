import { describe, expect, test } from 'vitest'
import { actorOf, bothStores, type OpenedApi, openApi } from './open-api.ts'

async function auditOf({ call }: OpenedApi): Promise<readonly string[]> {
  const { entries } = (await call('GET /audit')).body as {
    entries: { action: string; target: string; outcome: string }[]
  }
  return entries.map(({ action, target, outcome }) => `${action} ${target} ${outcome}`)
}

describe.each(bothStores)('what holds jobs back, on %s', (_name, harness) => {
  test('a queue is paused with who and why, shown everywhere as paused, and resumed', async () => {
    const api = await openApi(harness())
    await api.call('POST /jobs', { body: { type: 'send', payload: { to: 1 } } })
    const paused = await api.call('POST /queues/mail/pause', { body: { reason: ' provider is down ' } })
    expect(paused).toMatchObject({
      status: 200,
      body: { by: 'a admin', reason: 'provider is down', since: expect.any(String), until: null },
    })
    const { isKnown, ...pause } = paused.body as { isKnown: boolean }
    expect(isKnown).toBe(true)
    expect((await api.call('GET /queues/mail')).body).toMatchObject({ paused: pause })
    expect((await api.call('GET /overview')).body).toMatchObject({
      queues: [{ queue: 'mail', paused: { by: 'a admin' } }],
      verdict: { reasons: expect.arrayContaining([expect.objectContaining({ code: 'queue_paused' })]) },
    })
    expect((await api.call('POST /queues/mail/resume')).body).toEqual({ resumed: true })
    expect((await api.call('POST /queues/mail/resume')).body).toEqual({ resumed: false })
    expect((await api.call('GET /queues/mail')).body).toMatchObject({ paused: null })
    expect(await auditOf(api)).toEqual([
      'queue:resume queue mail done',
      'queue:resume queue mail done',
      'queue:pause queue mail done',
      'job:dispatch job 1 done',
    ])
  })

  test('a queue that holds nothing yet can be paused and is seen', async () => {
    const api = await openApi(harness())
    const paused = await api.call('POST /queues/later/pause', { body: {} })
    expect(paused.body).toMatchObject({ isKnown: false })
    expect((await api.call('GET /queues/later')).body).toMatchObject({ status: 'idle', paused: { reason: null } })
  })

  test('a pause ends by itself by the time of the store', async () => {
    const api = await openApi(harness())
    await api.call('POST /queues/mail/pause', { body: { forMs: 60_000 } })
    expect((await api.call('GET /queues')).body).toMatchObject({ queues: [{ paused: { until: expect.any(String) } }] })
    await api.advance(60_000)
    expect((await api.call('GET /queues')).body).toMatchObject({ queues: [] })
  })

  test('maintenance is switched on and off, and every first page says so', async () => {
    const api = await openApi(harness())
    expect((await api.call('GET /maintenance')).body).toMatchObject({ maintenance: null })
    const on = await api.call('PUT /maintenance', { body: { on: true, reason: 'new disks' } })
    expect(on.body).toMatchObject({ maintenance: { by: 'a admin', reason: 'new disks' } })
    expect((await api.call('GET /overview')).body).toMatchObject({
      maintenance: { by: 'a admin' },
      verdict: { state: 'attention', reasons: [{ code: 'maintenance' }] },
    })
    expect((await api.call('PUT /maintenance', { body: { on: false } })).body).toMatchObject({ maintenance: null })
    expect(await auditOf(api)).toEqual(['maintenance:off maintenance done', 'maintenance:on maintenance done'])
  })

  test('what makes no sense is refused, and so is what is out of reach', async () => {
    const api = await openApi(harness())
    expect((await api.call('POST /queues/%2A/pause', { body: {} })).body).toMatchObject({ code: 'OPTION_INVALID' })
    expect((await api.call('POST /queues/mail/pause', { body: { forMs: 0 } })).status).toBe(400)
    expect((await api.call('POST /queues/mail/pause', { body: { for: '1h' } })).status).toBe(400)
    expect((await api.call('PUT /maintenance', { body: {} })).status).toBe(400)
    const actor = actorOf('operator', ['slow'])
    expect((await api.call('POST /queues/mail/pause', { body: {}, actor })).status).toBe(403)
    expect((await api.call('POST /queues/slow/pause', { body: {}, actor })).status).toBe(200)
    await api.call('POST /queues/mail/pause', { body: {} })
    expect((await api.call('GET /queues', { actor })).body).toMatchObject({ queues: [{ queue: 'slow' }] })
    const admin = actorOf('admin', ['slow'])
    expect((await api.call('PUT /maintenance', { body: { on: true }, actor: admin })).status).toBe(403)
  })
})
