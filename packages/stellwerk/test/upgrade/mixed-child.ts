import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { MixedEvent, MixedSetup } from './mixed-setup.ts'

const script = fileURLToPath(new URL('./mixed-process.ts', import.meta.url))

/** A process of a mixed run as the test sees it. */
export class MixedChild {
  readonly program: MixedSetup['program']
  readonly events: MixedEvent[] = []
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #complaints = ''

  constructor(setup: MixedSetup) {
    this.program = setup.program
    this.#child = spawn(process.execPath, ['--no-warnings', script, JSON.stringify(setup)], { stdio: 'pipe' })
    this.#child.stdin?.on('error', () => undefined) // One that died reads no more.
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text
    })
    this.#ended = Promise.all([once(this.#child, 'close'), this.#read()])
  }

  get isReady(): boolean {
    return this.events.some(({ e }) => e === 'ready')
  }

  /** Lets it end by itself. @throws when it ended in another way than that */
  async finish(): Promise<void> {
    this.#child.stdin?.end()
    await this.#ended
    const end = this.#child.exitCode ?? this.#child.signalCode
    if (end !== 0) throw new Error(`a process of the ${this.program} program ended with ${end}: ${this.#complaints}`)
  }

  /** Its end and what it wrote to its standard error, where it was to end otherwise. */
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
      if (line.endsWith('}')) this.events.push(JSON.parse(line) as MixedEvent)
  }
}
