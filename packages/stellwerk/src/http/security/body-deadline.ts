import { StellwerkError } from '../../domain/errors.ts'

/** How long a body may take to arrive, ms. */
export const bodyDeadlineMs = 10_000

/** The same request, whose body fails with REQUEST_TIMED_OUT where it takes too long from the moment on that it is read. */
export function withBodyDeadline(request: Request, deadlineMs = bodyDeadlineMs): Request {
  if (request.body === null) return request
  return new Request(request, { body: bounded(request.body, deadlineMs), duplex: 'half' })
}

function bounded(body: ReadableStream<Uint8Array>, deadlineMs: number): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let timer: NodeJS.Timeout | undefined
  const late = Promise.withResolvers<never>()
  late.promise.catch(() => {})
  const onLate = (): void => {
    late.reject(timedOut(deadlineMs))
    void reader.cancel().catch(() => {})
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        timer ??= setTimeout(onLate, deadlineMs).unref()
        const { done, value } = await Promise.race([reader.read(), late.promise])
        if (done) clearTimeout(timer)
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel(reason) {
        clearTimeout(timer)
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function timedOut(deadlineMs: number): StellwerkError {
  return new StellwerkError(
    'REQUEST_TIMED_OUT',
    `the body did not arrive within ${deadlineMs / 1_000} s; send it anew over a better connection`,
  )
}
