import { expect, test, vi } from 'vitest'
import type { ApiClient, ApiRequest } from '../../api/api-client.ts'
import { act, readPriority, refusalsByReason } from './act-order.ts'

function clientThat(answer: (path: string, request: ApiRequest) => unknown) {
  const send = vi.fn(async (path: string, request: ApiRequest = {}) => answer(path, request))
  return { send, client: { address: (path: string) => path, send } as unknown as ApiClient }
}

test('many jobs go in portions that the server takes, and their reports are added up', async () => {
  const ids = Array.from({ length: 2_500 }, (_, index) => String(index + 1))
  const { client, send } = clientThat((_path, { body }) => {
    const portion = (body as { ids: string[] }).ids
    return {
      matched: portion.length,
      changed: portion.length - 1,
      refused: [{ id: portion[0], code: 'JOB_PROCESSING', detail: '' }],
    }
  })
  const report = await act(client, { action: 'delete', target: { kind: 'jobs', ids } }, false)
  expect(send).toHaveBeenCalledTimes(3)
  expect(report.changed).toBe(2_497)
  expect(report.refused.map(({ id }) => id)).toEqual(['1', '1001', '2001'])
})

test('a trial says so, and a selection of failed jobs counts what matches', async () => {
  const { client, send } = clientThat(() => ({ matched: 17, changed: 0 }))
  const order = { action: 'retry', target: { kind: 'failed', selection: { queue: 'mails' } } } as const
  expect(await act(client, order, true)).toEqual({ changed: 17, refused: [] })
  expect(send).toHaveBeenCalledWith('/failed-jobs/retry', {
    method: 'POST',
    body: { selection: { queue: 'mails' }, dryRun: true },
  })
})

test('what goes on in the server is told as such', async () => {
  const operation = { id: 'b_1', action: 'retry', state: 'running', matched: 5_000, changed: 0 }
  const { client } = clientThat(() => operation)
  const order = { action: 'retry', target: { kind: 'failed', selection: { all: true } } } as const
  expect(await act(client, order, false)).toEqual({ changed: 0, refused: [], operation })
})

test('a priority goes along only where it is meant', async () => {
  const { client, send } = clientThat(() => ({ matched: 1, changed: 1, refused: [] }))
  await act(client, { action: 'prioritize', target: { kind: 'jobs', ids: ['1'] }, priority: -5 }, false)
  await act(client, { action: 'cancel', target: { kind: 'jobs', ids: ['1'] }, priority: -5 }, false)
  expect(send.mock.calls.map(([, request]) => request?.body)).toEqual([
    { action: 'prioritize', ids: ['1'], dryRun: false, priority: -5 },
    { action: 'cancel', ids: ['1'], dryRun: false },
  ])
})

test('refusals are told by reason, the most frequent first', () => {
  const refused = [
    { id: '1', code: 'JOB_NOT_FOUND' },
    { id: '2', code: 'JOB_PROCESSING' },
    { id: '3', code: 'JOB_PROCESSING' },
  ]
  expect(refusalsByReason({ changed: 0, refused })).toEqual([
    { code: 'JOB_PROCESSING', ids: ['2', '3'] },
    { code: 'JOB_NOT_FOUND', ids: ['1'] },
  ])
})

test.for([
  ['high', 10],
  [' Low ', -10],
  ['-100', -100],
  ['+5', 5],
  ['0', 0],
  ['101', null],
  ['1.5', null],
  ['', null],
  ['constructor', null],
] as const)('%j as a priority is %j', ([text, priority]) => {
  expect(readPriority(text)).toBe(priority)
})
