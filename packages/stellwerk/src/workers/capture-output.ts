import { AsyncLocalStorage } from 'node:async_hooks'
import type { Attempt } from '../engine/attempt.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { LineSplitter } from './line-splitter.ts'
import type { OutputChannel } from './messages.ts'

type Write = NodeJS.WriteStream['write']

interface AttemptLines {
  readonly stdout: LineSplitter
  readonly stderr: LineSplitter
}

/** Keeps what a handler writes to the standard streams with the job that wrote it. One per process. */
export class OutputCapture {
  readonly #running = new AsyncLocalStorage<Attempt>()
  readonly #lines = new WeakMap<Attempt, AttemptLines>()

  constructor() {
    this.#take('stdout', process.stdout)
    this.#take('stderr', process.stderr)
  }

  /** Runs a handler, so that its output is known as that of this attempt, also after it has waited. */
  within<Value>(attempt: Attempt, run: () => Value): Value {
    return this.#running.run(attempt, run)
  }

  /** The handler has settled: what it wrote without an end of line is a line. */
  settle(attempt: Attempt): void {
    const lines = this.#lines.get(attempt)
    if (lines === undefined) return
    for (const channel of ['stdout', 'stderr'] as const) add(attempt, channel, lines[channel].end())
    this.#lines.delete(attempt)
  }

  #take(channel: OutputChannel, stream: NodeJS.WriteStream): void {
    const original = stream.write.bind(stream) as Write
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      const attempt = this.#running.getStore()
      if (attempt === undefined || attempt.ended) return original(chunk, encoding as BufferEncoding, done as () => void)
      add(attempt, channel, this.#splitterOf(attempt, channel).push(textOf(chunk, encoding)))
      const callback = typeof encoding === 'function' ? encoding : done
      if (typeof callback === 'function') queueMicrotask(() => void callback())
      return true
    }
    stream.write = write as Write
  }

  #splitterOf(attempt: Attempt, channel: OutputChannel): LineSplitter {
    let lines = this.#lines.get(attempt)
    if (lines === undefined) {
      lines = { stdout: new LineSplitter(), stderr: new LineSplitter() }
      this.#lines.set(attempt, lines)
    }
    return lines[channel]
  }
}

/** Adds lines that a handler wrote to its log: info from the standard output, error from the error output. */
export function addOutput(attempt: Attempt, channel: OutputChannel, lines: readonly string[]): void {
  add(attempt, channel, lines)
}

function add(attempt: Attempt, channel: OutputChannel, lines: readonly string[]): void {
  if (lines.length === 0) return
  const at = attempt.atOf(monotonicMs())
  const level = channel === 'stdout' ? 'info' : 'error'
  for (const message of lines) attempt.log.add({ at, kind: 'log', level, message, fields: { channel } })
}

function textOf(chunk: string | Uint8Array, encoding: unknown): string {
  if (typeof chunk !== 'string') return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('utf8')
  return encoding === 'hex' || encoding === 'base64' ? Buffer.from(chunk, encoding).toString('utf8') : chunk
}
