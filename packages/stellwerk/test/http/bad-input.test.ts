import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeHistory } from './job-history.ts'
import { bothStores, type CallOptions, openApi } from './open-api.ts'

type Case = readonly [line: string, options: CallOptions, status: number, code: string, detail: string]

const body = (value: unknown): CallOptions => ({ body: value })
const raw = (value: string | Uint8Array<ArrayBuffer>, type = 'application/json'): CallOptions => ({
  raw: value,
  headers: { 'content-type': type },
})

const unknown: readonly Case[] = [
  ['GET /nothing', {}, 404, 'ROUTE_NOT_FOUND', "there is nothing at '/api/v1/nothing'"],
  ['GET /jobs/1/nothing', {}, 404, 'ROUTE_NOT_FOUND', 'openapi.json lists'],
  ['GET /api/v2/jobs', {}, 404, 'ROUTE_NOT_FOUND', '/api/v2/jobs'],
  ['PUT /jobs', {}, 405, 'METHOD_NOT_ALLOWED', 'it takes GET, POST'],
  ['DELETE /jobs/counts', {}, 405, 'METHOD_NOT_ALLOWED', 'DELETE is not possible'],
  ['POST /overview', {}, 405, 'METHOD_NOT_ALLOWED', 'it takes GET'],
]

const parameters: readonly Case[] = [
  ['GET /jobs?stat=failed', {}, 400, 'PARAMETER_INVALID', "unknown parameter 'stat'; did you mean 'state'?"],
  ['GET /jobs?xyzzy=1', {}, 400, 'PARAMETER_INVALID', 'known are state, queue, type'],
  ['GET /overview?x=1', {}, 400, 'PARAMETER_INVALID', 'this route takes none'],
  ['GET /jobs?limit=5&limit=6', {}, 400, 'PARAMETER_INVALID', "'limit' is given twice"],
  ['GET /jobs?limit=0', {}, 400, 'PARAMETER_INVALID', "'limit' does not fit: give an integer from 1 to 200"],
  ['GET /jobs?limit=201', {}, 400, 'PARAMETER_INVALID', 'from 1 to 200'],
  ['GET /jobs?limit=99999999999999999999', {}, 400, 'PARAMETER_INVALID', 'from 1 to 200'],
  ['GET /jobs?limit=5.5', {}, 400, 'PARAMETER_INVALID', 'from 1 to 200'],
  ['GET /jobs?limit=-1', {}, 400, 'PARAMETER_INVALID', 'from 1 to 200'],
  ['GET /jobs?state=failed,done', {}, 400, 'PARAMETER_INVALID', "'done' is no state; known are scheduled, pending"],
  ['GET /jobs?queue=%00', {}, 400, 'PARAMETER_INVALID', "'queue' holds a NUL character"],
  ['GET /metrics?type=a%00b', {}, 400, 'PARAMETER_INVALID', "'type' holds a NUL character"],
  ['GET /queues/%00', {}, 400, 'PARAMETER_INVALID', "'queue' holds a NUL character"],
  ['GET /jobs?createdFrom=yesterday', {}, 400, 'PARAMETER_INVALID', "such as '2027-01-31T08:00:00Z'"],
  ['GET /jobs?createdFrom=2027-02-30T00:00:00', {}, 400, 'PARAMETER_INVALID', "'createdFrom'"],
  [
    'GET /jobs?createdFrom=2027-01-02&createdTo=2027-01-01',
    {},
    400,
    'PARAMETER_INVALID',
    "'createdFrom' lies behind 'createdTo'",
  ],
  [`GET /jobs?queue=${'q'.repeat(201)}`, {}, 400, 'PARAMETER_INVALID', "'queue'"],
  ['GET /jobs?queue=', {}, 400, 'PARAMETER_INVALID', "'queue'"],
  [`GET /jobs?q=${'q'.repeat(201)}`, {}, 400, 'PARAMETER_INVALID', "'q'"],
  ['GET /jobs?__proto__=1', {}, 400, 'PARAMETER_INVALID', "unknown parameter '__proto__'"],
  ['GET /jobs?cursor=x', {}, 400, 'CURSOR_INVALID', 'is not a cursor'],
  ['GET /jobs/abc', {}, 400, 'PARAMETER_INVALID', "parameter 'id' does not fit: give the id or the uuid of a job"],
  ['GET /jobs/0', {}, 400, 'PARAMETER_INVALID', 'give the id'],
  ['GET /jobs/1e3', {}, 400, 'PARAMETER_INVALID', 'give the id'],
  ['GET /jobs/9999999999999999', {}, 400, 'OPTION_INVALID', 'is not a job id'],
  ['GET /jobs/%00', {}, 400, 'PARAMETER_INVALID', 'give the id'],
  ['GET /jobs/%E0%A4%A', {}, 400, 'PARAMETER_INVALID', 'give the id'],
  ['GET /failed-jobs?fromId=x', {}, 400, 'PARAMETER_INVALID', "give an id, such as '17'"],
  ['GET /failed-jobs?fromId=2&toId=1', {}, 400, 'PARAMETER_INVALID', "'fromId' lies behind 'toId'"],
  ['GET /failed-jobs?fromId=9999999999999999', {}, 400, 'PARAMETER_INVALID', "'fromId'"],
  ['GET /metrics?by=week', {}, 400, 'PARAMETER_INVALID', "'by'"],
  ['GET /metrics?from=2027-01-02&to=2027-01-01', {}, 400, 'PARAMETER_INVALID', "'from' lies behind 'to'"],
  ['GET /audit?outcome=well', {}, 400, 'PARAMETER_INVALID', "'outcome'"],
  ['DELETE /tokens/x', {}, 400, 'PARAMETER_INVALID', "'id'"],
]

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const bodiesOfDispatch: readonly Case[] = [
  ['POST /jobs', {}, 400, 'BODY_INVALID', 'the body is missing'],
  ['POST /jobs', raw(''), 400, 'BODY_INVALID', 'the body is missing'],
  ['POST /jobs', raw('{"type":'), 400, 'BODY_INVALID', 'the body is not JSON'],
  ['POST /jobs', raw(new Uint8Array([0x22, 0xff, 0x22])), 400, 'BODY_INVALID', 'it is not UTF-8'],
  [
    'POST /jobs',
    raw('{"type":"noop"}', 'text/plain'),
    415,
    'MEDIA_TYPE_UNSUPPORTED',
    "content-type 'text/plain' is not accepted",
  ],
  [
    'POST /jobs',
    raw('type=noop', 'application/x-www-form-urlencoded'),
    415,
    'MEDIA_TYPE_UNSUPPORTED',
    "send 'application/json'",
  ],
  ['POST /jobs', raw('{}', 'application/json; charset=latin1'), 415, 'MEDIA_TYPE_UNSUPPORTED', 'send UTF-8'],
  [
    'POST /jobs',
    { raw: gzipSync('{"type":"noop"}'), headers: { 'content-encoding': 'gzip' } },
    415,
    'MEDIA_TYPE_UNSUPPORTED',
    "content-encoding 'gzip' is not accepted",
  ],
  ['POST /jobs', raw(`{"type":"noop","payload":"${'x'.repeat(1_200_000)}"}`), 413, 'BODY_TOO_LARGE', 'larger than'],
  ['POST /jobs', body(null), 400, 'BODY_INVALID', 'the body is not accepted'],
  ['POST /jobs', body([]), 400, 'BODY_INVALID', 'the body is not accepted'],
  ['POST /jobs', body({ type: 'noop', extra: 1 }), 400, 'BODY_INVALID', "has unknown keys: 'extra'"],
  ['POST /jobs', body({ type: 'nope' }), 422, 'JOB_TYPE_UNKNOWN', "unknown job type 'nope'; did you mean 'noop'?"],
  ['POST /jobs', body({ type: 'send', payload: { to: 'me' } }), 422, 'PAYLOAD_INVALID', 'to: '],
  ['POST /jobs', body({ type: 'noop', payload: 1 }), 422, 'PAYLOAD_INVALID', 'takes no payload'],
  ['POST /jobs', raw(`{"type":"send","payload":{"to":1,"x":${deep}}}`), 413, 'PAYLOAD_TOO_LARGE', 'levels'],
  ['POST /jobs', body({ type: 'noop', options: { priority: 101 } }), 400, 'BODY_INVALID', 'options.priority'],
  [
    'POST /jobs',
    body({ type: 'noop', options: { delay: 'soon' } }),
    400,
    'OPTION_INVALID',
    'delay: soon is not a duration',
  ],
  [
    'POST /jobs',
    body({ type: 'noop', options: { delay: 1, runAt: '2027-01-01T00:00:00Z' } }),
    400,
    'OPTION_INVALID',
    'delay and runAt',
  ],
  ['POST /jobs', body({ type: 'noop', options: { tries: 0 } }), 400, 'OPTION_INVALID', 'tries: 0'],
  ['POST /jobs', body({ type: 'noop', options: { queue: '*' } }), 400, 'OPTION_INVALID', 'queue name'],
  ['POST /jobs', body({ type: 'noop', options: { queue: 'a\u0000b' } }), 400, 'OPTION_INVALID', 'queue name'],
  ['POST /jobs', raw('{"type":"noop","__proto__":{"x":1}}'), 400, 'BODY_INVALID', 'unknown keys'],
  ['POST /jobs', body({ jobs: [] }), 400, 'BODY_INVALID', 'the body is not accepted'],
  [
    'POST /jobs',
    body({ jobs: Array.from({ length: 1_001 }, () => ({ type: 'noop' })) }),
    400,
    'BODY_INVALID',
    'the body is not accepted',
  ],
  ['POST /jobs', body({ jobs: [{ type: 'noop' }, { type: 'nope' }] }), 422, 'JOB_TYPE_UNKNOWN', "'nope'"],
]

const otherBodies: readonly Case[] = [
  ['POST /jobs/1/retry', body({ now: true }), 400, 'BODY_INVALID', 'this route takes no body'],
  ['GET /jobs/999999', {}, 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['POST /jobs/999999/retry', {}, 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['POST /jobs/999999/cancel', body({}), 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['DELETE /jobs/999999', {}, 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['GET /jobs/999999/logs', {}, 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['GET /jobs/00000000-0000-8000-8000-000000000000', {}, 404, 'JOB_NOT_FOUND', 'another installation'],
  ['PATCH /jobs/999999', body({ priority: 5 }), 404, 'JOB_NOT_FOUND', 'there is no job 999999'],
  ['PATCH /jobs/1', body({ priority: 'urgent' }), 400, 'BODY_INVALID', "'priority'"],
  ['PATCH /jobs/1', body({}), 400, 'BODY_INVALID', "'priority'"],
  ['POST /jobs/actions', body({ action: 'explode', ids: ['1'] }), 400, 'BODY_INVALID', "'action'"],
  ['POST /jobs/actions', body({ action: 'retry', ids: [] }), 400, 'BODY_INVALID', "'ids'"],
  ['POST /jobs/actions', body({ action: 'retry', ids: ['-1'] }), 400, 'BODY_INVALID', "'ids.0'"],
  ['POST /jobs/actions', body({ action: 'retry', ids: ['9007199254740993'] }), 400, 'BODY_INVALID', "'ids.0'"],
  ['POST /jobs/actions', body({ action: 'prioritize', ids: ['1'] }), 400, 'OPTION_INVALID', 'priority'],
  [
    'POST /jobs/actions',
    body({ action: 'retry', ids: Array.from({ length: 1_001 }, (_, id) => String(id + 1)) }),
    400,
    'BODY_INVALID',
    "'ids'",
  ],
  ['POST /failed-jobs/retry', body({ selection: {} }), 400, 'BODY_INVALID', 'say all: true'],
  ['POST /failed-jobs/retry', body({ selection: { queue: 'a\0' } }), 400, 'BODY_INVALID', 'holds a NUL'],
  ['POST /failed-jobs/retry', body({}), 400, 'BODY_INVALID', "'selection'"],
  ['POST /failed-jobs/delete', body({ selection: { all: false } }), 400, 'BODY_INVALID', "'selection.all'"],
  [
    'POST /failed-jobs/delete',
    body({ selection: { fromId: '9', toId: '1' } }),
    400,
    'PARAMETER_INVALID',
    "'fromId' lies behind 'toId'",
  ],
  [
    'POST /failed-jobs/delete',
    body({ selection: { failedFrom: 'now' } }),
    400,
    'BODY_INVALID',
    "'selection.failedFrom'",
  ],
  ['POST /tokens', body({ name: 'x', role: 'king' }), 400, 'BODY_INVALID', "'role'"],
  ['POST /tokens', body({ name: 'x', role: 'producer' }), 400, 'OPTION_INVALID', 'producer'],
  ['POST /tokens', body({ name: 'x', role: 'viewer', lifetime: 'ever' }), 400, 'OPTION_INVALID', 'lifetime'],
]

describe.each(bothStores)('bad input on %s is answered by status and in words', (_name, harness) => {
  test.each([
    ['paths and methods', unknown],
    ['parameters', parameters],
    ['dispatches', bodiesOfDispatch],
    ['other bodies and ids', otherBodies],
  ])('%s', async (_what, cases) => {
    const { call, errors, store } = await openApi(harness())
    for (const [line, options, status, code, detail] of cases) {
      const answer = await call(line, options)
      const name = `${line.slice(0, 80)} ${JSON.stringify(options.body ?? '').slice(0, 80)}`
      expect({ name, ...(answer.body as object) }).toMatchObject({
        name,
        status,
        code,
        detail: expect.stringContaining(detail),
      })
      expect(answer).toMatchObject({ status, body: { instance: expect.stringMatching(/^request \d+$/) } })
      expect((answer.body as { detail: string }).detail.length).toBeLessThan(600)
    }
    expect(errors).toEqual([])
    expect((await store.metrics.tallies()).filter(({ count }) => count > 0)).toEqual([])
  })

  test('a cursor of another list, or of another filter, is refused', async () => {
    const { call, store } = await openApi(harness())
    await makeHistory(store)
    const cursorOf = async (line: string): Promise<string> =>
      String(((await call(line)).body as { nextCursor: string | null }).nextCursor)
    const jobs = await cursorOf('GET /jobs?limit=1')
    const failed = await cursorOf('GET /failed-jobs?limit=1')
    expect((await call(`GET /jobs?limit=1&cursor=${jobs}`)).status).toBe(200)
    expect((await call(`GET /failed-jobs?limit=2&cursor=${failed}`)).status).toBe(200)
    for (const line of [
      `GET /failed-jobs?cursor=${jobs}`,
      `GET /jobs?cursor=${failed}`,
      `GET /jobs?queue=mail&cursor=${jobs}`,
      `GET /audit?cursor=${jobs}`,
    ])
      expect((await call(line)).body).toMatchObject({
        status: 400,
        code: 'CURSOR_INVALID',
        detail: expect.stringContaining('begin without one'),
      })
  })

  test('a range of a thousand years is answered with what there is', async () => {
    const { call, store } = await openApi(harness())
    await makeHistory(store)
    const ages = 'From=1500-01-01T00:00:00Z'
    expect((await call(`GET /jobs?created${ages}&createdTo=2500-01-01`)).body).toMatchObject({ nextCursor: null })
    expect((await call(`GET /failed-jobs?failed${ages}&failedTo=2500-01-01`)).body).toMatchObject({
      total: 3,
      totalIsCapped: false,
    })
    for (const by of ['minute', 'hour', 'day'])
      expect((await call(`GET /metrics?from=1500-01-01&to=2500-01-01&by=${by}`)).body).toMatchObject({ by })
    expect((await call('GET /metrics?from=2400-01-01&to=2500-01-01')).body).toMatchObject({ rows: [] })
    expect((await call('GET /audit?from=1500-01-01&to=2500-01-01')).status).toBe(200)
  })

  test('a state that does not allow an action is a conflict', async () => {
    const { call, store } = await openApi(harness())
    const { processing, completed, pending } = await makeHistory(store)
    const refused = async (line: string, options: CallOptions = {}): Promise<unknown> =>
      (await call(line, options)).body
    expect(await refused(`DELETE /jobs/${processing}`)).toMatchObject({ status: 409, code: 'JOB_PROCESSING' })
    expect(await refused(`POST /jobs/${completed}/cancel`)).toMatchObject({ status: 409, code: 'JOB_NOT_WAITING' })
    expect(await refused(`PATCH /jobs/${completed}`, body({ priority: 1 }))).toMatchObject({
      status: 409,
      code: 'JOB_NOT_WAITING',
    })
    expect(await refused(`POST /jobs/${pending[0]}/retry`)).toMatchObject({ status: 409, code: 'JOB_NOT_RETRYABLE' })
  })

  test('a store that went away is answered as such, and tells its secrets to the log alone', async () => {
    const { call, store, errors } = await openApi(harness())
    await store.close()
    const answer = await call('GET /jobs')
    expect(answer).toMatchObject({ status: 503, body: { code: 'CLOSED' } })
    expect((await call('GET /health/live')).status).toBe(200)
    expect(await call('GET /health/ready')).toMatchObject({ status: 503, body: { status: 'unavailable' } })
    expect(errors.length).toBeGreaterThan(0)
  })
})
