import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sharedClockMs } from '../../src/std/shared-clock.ts'

/** A process that is told lines and answers with JSON lines. */
export class LineProcess<Said> {
  readonly said: Said[] = []
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #complaints = ''

  constructor(script: URL, setup: object, flags: readonly string[] = []) {
    const args = ['--no-warnings', ...flags, fileURLToPath(script), JSON.stringify(setup)]
    this.#child = spawn(process.execPath, args, { stdio: 'pipe' })
    this.#child.stdin?.on('error', () => undefined) // One that died reads no more.
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text
    })
    this.#ended = Promise.all([once(this.#child, 'close'), this.#read()])
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  /** Lets it end by itself. @throws when it ended in another way than that */
  async finish(): Promise<void> {
    this.#child.stdin?.end()
    await this.#ended
    const end = this.#child.exitCode ?? this.#child.signalCode
    if (end !== 0) throw new Error(`a process of the fault ended with ${end}: ${this.#complaints}`)
  }

  /** Its end and what it wrote to its standard error, where it was to end otherwise; empty = it ended well. */
  async failure(): Promise<string> {
    this.#child.stdin?.end()
    await this.#ended
    return this.#child.exitCode === 0 ? '' : this.#complaints
  }

  async abort(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  async #read(): Promise<void> {
    if (this.#child.stdout === null) return
    for await (const line of createInterface({ input: this.#child.stdout }))
      if (line.endsWith('}')) this.said.push(JSON.parse(line) as Said)
  }
}

/** Waits until `condition` holds and returns how long that took, ms. @throws after `limitMs` */
export async function untilHolds(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs: number,
): Promise<number> {
  const startedMs = sharedClockMs()
  while (!(await condition())) {
    if (sharedClockMs() - startedMs > limitMs) throw new Error(`${what}: not within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return Math.round(sharedClockMs() - startedMs)
}
