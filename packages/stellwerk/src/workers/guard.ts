import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../std/log.ts'

const module = fileURLToPath(new URL(`./guard-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))

/** The guard process of a station: no worker outlives the station, whatever kills that. It is started again when it dies. */
export class Guard {
  readonly #log: Log
  readonly #pids = new Set<number>()
  #child: ChildProcess | undefined
  #trustedUntilMs: number | undefined
  #isClosed = false

  constructor(log: Log) {
    this.#log = log
  }

  /** Begins, with whatever it was told before. */
  start(): void {
    const child = spawn(process.execPath, ['--max-semi-space-size=1', module], {
      stdio: ['pipe', 'ignore', 'inherit'],
      detached: true,
      env: {},
    })
    this.#child = child
    child.stdin?.on('error', () => {})
    child.once('error', (error) => this.#log.error('the guard of the workers could not be started', { error }))
    child.once('exit', () => {
      if (this.#isClosed) return
      this.#log.warn('the guard of the workers ended; it is started again', {})
      this.start()
    })
    for (const pid of this.#pids) this.#say(`add ${pid}`)
    if (this.#trustedUntilMs !== undefined) this.#say(`trust ${this.#trustedUntilMs}`)
  }

  /** A worker's process has begun; it leads a group of its own. */
  add(pid: number): void {
    this.#pids.add(pid)
    this.#say(`add ${pid}`)
  }

  /** A worker's process is gone. */
  drop(pid: number): void {
    this.#pids.delete(pid)
    this.#say(`drop ${pid}`)
  }

  /** Until when the workers may run, shared clock in ms. */
  trust(untilMs: number): void {
    this.#trustedUntilMs = untilMs
    this.#say(`trust ${untilMs}`)
  }

  /** Ends it without harm to anyone; resolves when its process is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
    })
    this.#say('bye')
    const stuck = setTimeout(() => child.kill('SIGKILL'), 2_000)
    await exited
    clearTimeout(stuck)
  }

  #say(line: string): void {
    if (this.#child?.stdin?.writable === true) this.#child.stdin.write(`${line}\n`)
  }
}
