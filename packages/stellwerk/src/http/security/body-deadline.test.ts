import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withBodyDeadline } from './body-deadline.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const post = (body: string | ReadableStream<Uint8Array> | null): Request =>
  new Request('http://localhost/', { method: 'POST', body, duplex: 'half' })

test('a body that arrives is whole, and leaves no timer', async () => {
  expect(await withBodyDeadline(post('{"a":1}')).text()).toBe('{"a":1}')
  expect(vi.getTimerCount()).toBe(0)
})

test('a request without a body stays as it is', () => {
  const request = post(null)
  expect(withBodyDeadline(request)).toBe(request)
})

test('one that comes drop by drop fails after ten seconds, and its sender is told to stop', async () => {
  const cancel = vi.fn()
  const drops = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 900))
      controller.enqueue(new Uint8Array(1))
    },
    cancel,
  })
  const read = withBodyDeadline(post(drops)).arrayBuffer()
  const failed = expect(read).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
  await vi.advanceTimersByTimeAsync(10_000)
  await failed
  expect(cancel).toHaveBeenCalledOnce()
})

test('a body that nobody reads starts no clock', () => {
  withBodyDeadline(post('text'))
  expect(vi.getTimerCount()).toBe(0)
})
