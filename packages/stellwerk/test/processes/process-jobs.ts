import { spawn } from 'node:child_process'
import { appendFileSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { defineJob } from '../../src/client/define-job.ts'
import { frameOf } from '../../src/workers/frame.ts'
import { openOrderBook } from '../transactions/order-book.ts'
import { anyPayload } from './any-payload.ts'

export { mourn } from '../faults/workers/fault-jobs.ts'

/** What worker processes of tests run. */
export const echo = defineJob({
  name: 'echo',
  payload: anyPayload<{ readonly value: number }>(),
  handle: ({ value }, ctx) => {
    ctx.log.info('echoing', { value })
    return { value, pid: process.pid, key: ctx.idempotencyKey }
  },
})

export const noop = defineJob({ name: 'noop', handle: () => undefined })

export const pause = defineJob({
  name: 'pause',
  payload: anyPayload<{ readonly ms: number; readonly heed?: boolean }>(),
  handle: async ({ ms, heed = true }, ctx) => {
    ctx.progress(50, 'waiting')
    await wait(ms, undefined, heed ? { signal: ctx.signal } : {})
    return 'waited'
  },
})

/** An outcome that no store could keep. */
const lie = '{"k":"ended","completed":{"id":[]},"outcomes":[{"kind":"snoozed","id":1,"claimSeq":1,"delayMs":1e300}]}'

/** Kills its process in the way that is asked for. */
export const die = defineJob({
  name: 'die',
  payload: anyPayload<{
    readonly how: 'kill' | 'exit' | 'garbage' | 'lie' | 'reject' | 'flood'
    readonly sink?: string
  }>(),
  backoff: 0,
  failed: (payload, ctx) => {
    if (payload.sink !== undefined) appendFileSync(payload.sink, `${ctx.job.id} ${ctx.failure.kind}\n`)
  },
  handle: async ({ how, sink }) => {
    if (sink !== undefined) appendFileSync(sink, `${process.pid}\n`)
    if (how === 'kill') process.kill(process.pid, 'SIGKILL')
    else if (how === 'exit') process.exit(0)
    else if (how === 'garbage') writeSync(3, 'this is no message, and too long to be one')
    else if (how === 'lie') writeSync(3, frameOf([lie]))
    else if (how === 'reject') void Promise.reject(new Error('nobody caught this'))
    else for (let at = 0; ; at++) process.stdout.write(`${at} ${'x'.repeat(1_000)}\n`)
    await wait(5_000)
  },
})

/** Says how far it is in words that not every store takes. */
export const mumble = defineJob({
  name: 'mumble',
  handle: async (_, ctx) => {
    ctx.progress(30, 'a\u0000b\ud800c')
    ctx.log.info('d\u0000e')
    await wait(60_000, undefined, { signal: ctx.signal })
  },
})

/** Kills its process, and names where it goes then. */
export const fatal = defineJob({
  name: 'fatal',
  deadLetter: 'fatal-dead',
  handle: () => process.kill(process.pid, 'SIGKILL'),
})

/** Blocks the event loop for ever. */
export const loop = defineJob({
  name: 'loop',
  tries: 1,
  timeout: 300,
  handle: () => {
    for (;;);
  },
})

/** Ignores its signal. */
export const deaf = defineJob({
  name: 'deaf',
  tries: 1,
  timeout: 300,
  handle: async () => await wait(60_000),
})

export const print = defineJob({
  name: 'print',
  handle: async (_, ctx) => {
    console.log('to the console', { job: ctx.job.id })
    await wait(5)
    process.stderr.write('to the error output')
  },
})

/** Writes past the streams of its process. */
export const printNatively = defineJob({
  name: 'print-natively',
  handle: async () => {
    writeSync(1, 'straight to the descriptor\n')
    const child = spawn('echo', ['from a child'], { stdio: ['ignore', 'inherit', 'inherit'] })
    await new Promise((resolve) => child.once('exit', resolve))
    // What it wrote has to be read while it is still alone.
    await wait(1_500)
  },
})

export const parent = defineJob({
  name: 'parent',
  handle: async (_, ctx) => {
    const child = await ctx.dispatch(echo, { value: 7 })
    return { child: child.id }
  },
})

/** Grows beyond what its type may have, and waits. */
export const greedy = defineJob({
  name: 'greedy',
  tries: 1,
  memory: 200,
  handle: async (_, ctx) => {
    const much = Buffer.alloc(300 * 1_048_576, 1)
    await wait(20_000, undefined, { signal: ctx.signal })
    return much.length
  },
})

/** Sells an order and completes in one transaction, over a connection of the worker's own; in its first attempt it may meet its end. */
export const sell = defineJob({
  name: 'sell',
  payload: anyPayload<{
    readonly order: number
    readonly book: string
    readonly end?: 'rolled back' | 'killed before' | 'killed after'
  }>(),
  backoff: 0,
  handle: async ({ order, book: address, end }, ctx) => {
    const book = await openOrderBook(address)
    const kill = (): void => void process.kill(process.pid, 'SIGKILL')
    try {
      await book.sell(order, async (tx) => {
        await ctx.completeIn(tx, { order, pid: process.pid })
        if (ctx.attempt > 1) return
        if (end === 'rolled back') throw new Error('second thoughts')
        if (end === 'killed before') kill()
      })
      if (end === 'killed after') kill()
    } finally {
      await book.close()
    }
  },
})

const kept: Buffer[] = []

/** Keeps memory for ever. */
export const leak = defineJob({
  name: 'leak',
  payload: anyPayload<{ readonly mb: number }>(),
  handle: ({ mb }) => {
    kept.push(Buffer.alloc(mb * 1_048_576, 1))
    return process.pid
  },
})
