import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { defineJob } from '../../../src/client/define-job.ts'
import { anyPayload } from '../../processes/any-payload.ts'

/** Payload of a job that works for a while, and tells a file of its start and of its end. */
export interface WorkPayload {
  readonly ms: number
  readonly sink: string
  /** Keeps the event loop busy in place of waiting. */
  readonly busy?: boolean
  /** Takes its time in its first claim only. */
  readonly once?: boolean
}

/** What workers run while faults strike. */
export const work = defineJob({
  name: 'work',
  payload: anyPayload<WorkPayload>(),
  tries: 3,
  timeout: 0,
  handle: async ({ ms: givenMs, sink, busy = false, once = false }, ctx) => {
    const ms = once && ctx.fence > 1 ? 0 : givenMs
    appendFileSync(sink, `start ${ctx.job.id} ${ctx.fence} ${process.pid}\n`)
    if (busy) spin(ms)
    else await wait(ms, undefined, { signal: ctx.signal })
    appendFileSync(sink, `end ${ctx.job.id} ${ctx.fence} ${process.pid}\n`)
  },
})

/** Works for a minute in its first claim, for a moment in a later one, and tells how each ended. Blocked: it hears of nothing meanwhile. */
export const patient = defineJob({
  name: 'patient',
  payload: anyPayload<{ readonly sink: string; readonly isBlocked?: boolean }>(),
  tries: 1,
  timeout: 0,
  handle: async ({ sink, isBlocked = false }, ctx) => {
    const tell = (verb: string): void => appendFileSync(sink, `${verb} ${ctx.job.id} ${ctx.fence} ${process.pid}\n`)
    tell('start')
    const forMs = ctx.fence === 1 ? 60_000 : 100
    try {
      if (isBlocked) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs)
      else await wait(forMs, undefined, { signal: ctx.signal })
      tell('end')
    } catch (error) {
      tell('aborted')
      throw error
    }
  },
})

/** Payload of a job that fails, and whose hook does not live through its first runs. */
export interface MournPayload {
  readonly sink: string
  readonly deaths: number
  readonly how: 'kill' | 'hang'
}

/** Its hook tells a file of its start and of its end; so often as it is told it ends its process, or never ends. */
export const mourn = defineJob({
  name: 'mourn',
  payload: anyPayload<MournPayload>(),
  tries: 1,
  handle: () => {
    throw new Error('on purpose')
  },
  failed: async ({ sink, deaths, how }, { job }) => {
    appendFileSync(sink, `hook ${job.id} 0 ${process.pid}\n`)
    const begun = readFileSync(sink, 'utf8').match(/^hook /gm)?.length ?? 0
    if (begun <= deaths && how === 'kill') process.kill(process.pid, 'SIGKILL')
    if (begun <= deaths) await wait(600_000)
    appendFileSync(sink, `mourned ${job.id} 0 ${process.pid}\n`)
  },
})

function spin(ms: number): void {
  const endMs = performance.now() + ms
  while (performance.now() < endMs);
}
