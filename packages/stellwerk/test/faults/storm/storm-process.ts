import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sharedClockMs } from '../../../src/std/shared-clock.ts'
import type { HistoryEvent, ProcessSetup } from '../checker/history-event.ts'

/** What a process gets beside its setup. */
export interface ProcessExtras {
  /** Loaded before all else, in its threads too. */
  readonly preload?: URL | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** A process of a storm as its conductor sees it: what it wrote, also after its death. */
export class StormProcess {
  readonly child: ChildProcess
  readonly events: HistoryEvent[] = []
  readonly startedMs = sharedClockMs()
  /** Resolves when it is dead and its pipe is read to the end. */
  readonly ended: Promise<void>
  #complaints = ''

  constructor(role: 'station' | 'dispatcher' | URL, setup: ProcessSetup, { preload, env }: ProcessExtras = {}) {
    const script = fileURLToPath(role instanceof URL ? role : new URL(`./${role}-process.ts`, import.meta.url))
    const loaded = preload === undefined ? [] : ['--import', preload.href]
    this.child = spawn(process.execPath, ['--no-warnings', ...loaded, script, JSON.stringify(setup)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env, NODE_COMPILE_CACHE: join(tmpdir(), 'stellwerk-fault-compile-cache') },
    })
    this.child.stdin?.on('error', () => undefined) // A killed child reads no more.
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text
    })
    const read = this.#read()
    this.ended = Promise.all([once(this.child, 'close'), read]).then(() => undefined)
  }

  /** What it wrote to its standard error. */
  get complaints(): string {
    return this.#complaints
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  get isReady(): boolean {
    return this.isAlive && this.events.some(({ e }) => e === 'ready')
  }

  say(line: string): void {
    this.child.stdin?.write(`${line}\n`)
  }

  /** Lets it end by itself. @throws when it ended in another way than that */
  async finish(): Promise<void> {
    this.child.stdin?.end()
    await this.ended
    if (this.child.exitCode !== 0)
      throw new Error(
        `a process of the storm ended with ${this.child.exitCode ?? this.child.signalCode}: ${this.#complaints}`,
      )
  }

  async #read(): Promise<void> {
    if (this.child.stdout === null) return
    for await (const line of createInterface({ input: this.child.stdout })) {
      if (!line.endsWith('}')) continue // Cut by the kill.
      this.events.push(JSON.parse(line) as HistoryEvent)
    }
  }
}
