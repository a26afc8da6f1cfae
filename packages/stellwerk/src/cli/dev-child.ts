import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Output } from './output.ts'

/** A child of a dev session. */
export interface DevChildOptions {
  /** For people: 'station', 'control room'. */
  readonly name: string
  /** Its command line. */
  readonly args: readonly string[]
  readonly output: Output
  /** Called for every file that it loads. */
  readonly onLoaded: (path: string) => void
  /** Called when it has ended after `end`. */
  readonly onEnded: () => void
}

/** Ours, run by this very Node: the ending is that of this file, so that it works from source and from the build. */
const childModule = fileURLToPath(
  new URL(`./dev-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

/** A command in a process of its own that is started again when it is asked to: user code that changed needs a process that has not loaded it yet. */
export class DevChild {
  readonly #options: DevChildOptions
  #child: ChildProcess | undefined
  #isEnding = false
  #wanted = false

  constructor(options: DevChildOptions) {
    this.#options = options
  }

  /** Whether its process is there. */
  get isRunning(): boolean {
    return this.#child !== undefined
  }

  start(): void {
    const { args, onLoaded } = this.#options
    this.#wanted = false
    const child = fork(childModule, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.on('message', (message) => {
      if (isLoadedModule(message)) onLoaded(message.loaded)
    })
    child.once('exit', (code) => this.#onExit(code))
  }

  /** Starts it anew, once it has given back what it held. */
  restart(): void {
    this.#wanted = true
    if (this.#child === undefined) this.start()
    else this.#disconnect()
  }

  /** Ends it for good. */
  end(): void {
    if (this.#isEnding) return
    this.#isEnding = true
    if (this.#child === undefined) this.#options.onEnded()
    else this.#disconnect()
  }

  #onExit(code: number | null): void {
    this.#child = undefined
    const { name, output, onEnded } = this.#options
    if (this.#isEnding) onEnded()
    else if (this.#wanted || code === 75) this.start()
    else output.note(`stellwerk: the ${name} ended (exit code ${code ?? 'none'}); it starts again when a file changes`)
  }

  /** By closing the channel, which it takes as TERM: that works where there are no signals, too. */
  #disconnect(): void {
    if (this.#child?.connected === true) this.#child.disconnect()
  }
}

function isLoadedModule(message: unknown): message is { readonly loaded: string } {
  return typeof message === 'object' && message !== null && 'loaded' in message && typeof message.loaded === 'string'
}
