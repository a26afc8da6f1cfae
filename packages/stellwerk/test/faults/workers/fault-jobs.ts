import { appendFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { defineJob } from '../../../src/client/define-job.ts'
import { anyPayload } from '../../processes/any-payload.ts'

/** Payload of a job that works for a while, and tells a file of its start and of its end. */
export interface WorkPayload {
  readonly ms: number
  readonly sink: string
  /** Keeps the event loop busy in place of waiting. */
  readonly busy?: boolean
}

/** What workers run while faults strike. */
export const work = defineJob({
  name: 'work',
  payload: anyPayload<WorkPayload>(),
  tries: 3,
  timeout: 0,
  handle: async ({ ms, sink, busy = false }, ctx) => {
    appendFileSync(sink, `start ${ctx.job.id} ${ctx.fence} ${process.pid}\n`)
    if (busy) spin(ms)
    else await wait(ms, undefined, { signal: ctx.signal })
    appendFileSync(sink, `end ${ctx.job.id} ${ctx.fence} ${process.pid}\n`)
  },
})

function spin(ms: number): void {
  const endMs = performance.now() + ms
  while (performance.now() < endMs);
}
