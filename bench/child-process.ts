import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of the bench that answers orders one at a time. */
export interface BenchChild {
  /** Sends an order and returns the answer. @throws Error when the process ends or fails first */
  ask<Answer>(order: ChildOrder): Promise<Answer>
  /** Takes messages that answer no order. */
  onReport(take: (report: unknown) => void): void
  /** Ends the process. Safe to repeat. */
  end(): Promise<void>
}

/** An order by name, with what it needs. */
export interface ChildOrder {
  readonly order: string
  readonly [key: string]: unknown
}

/** What a child sends: an answer, a failure, or a report of its own. */
export type ChildMessage = { readonly answer: unknown } | { readonly failure: string } | { readonly report: unknown }

/** Starts `<folder>/<name>.ts`; the folder is `processes` unless told. */
export function startBenchChild(name: string, folder = new URL('processes/', import.meta.url)): BenchChild {
  const child = fork(fileURLToPath(new URL(`${name}.ts`, folder)), { stdio: 'inherit' })
  const ended = once(child, 'exit')
  let settle: { resolve(answer: unknown): void; reject(error: Error): void } | undefined
  let take: (report: unknown) => void = () => undefined
  child.on('message', (message: ChildMessage) => {
    if ('report' in message) take(message.report)
    else if ('failure' in message) settle?.reject(new Error(`${name}: ${message.failure}`))
    else settle?.resolve(message.answer)
  })
  child.once('exit', (code, signal) => settle?.reject(new Error(`${name} ended early (${signal ?? code})`)))
  return {
    ask: <Answer>(order: ChildOrder) =>
      new Promise<Answer>((resolve, reject) => {
        settle = { resolve: (answer) => resolve(answer as Answer), reject }
        send(child, order, reject)
      }),
    onReport: (taker) => {
      take = taker
    },
    end: async () => {
      settle = undefined
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

function send(child: ChildProcess, order: ChildOrder, failed: (error: Error) => void): void {
  child.send(order, (error) => {
    if (error !== null) failed(error)
  })
}

/** The other side: answers orders until the parent lets go, then ends by itself. */
export function answerOrders(answers: Readonly<Record<string, (order: ChildOrder) => Promise<unknown>>>): void {
  process.on('message', (order: ChildOrder) => {
    const answer = answers[order.order]
    if (answer === undefined) return reply({ failure: `no order '${order.order}'` })
    answer(order).then(
      (value) => reply({ answer: value ?? null }),
      (error: unknown) => reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
}

/** Sends a message to the parent. */
export function reply(message: ChildMessage): void {
  process.send?.(message)
}
