import { type ChildProcess, fork } from 'node:child_process'
import { basename, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configurationFileNames, findConfigurationFile } from '../app/configuration/find-configuration-file.ts'
import { StellwerkError } from '../domain/errors.ts'
import { deferred } from '../std/deferred.ts'
import type { ExitCode } from './exit-codes.ts'
import { FileWatcher } from './file-watcher.ts'
import type { Output } from './output.ts'

/** How a session runs its station. */
export interface DevSessionOptions {
  /** Command line of the station. */
  readonly args: readonly string[]
  readonly output: Output
}

/** Ours, run by this very Node: the ending is that of this file, so that it works from source and from the build. */
const stationModule = fileURLToPath(
  new URL(`./dev-station${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

/** Keeps one station child running: ends it and starts another when a file that it loaded changes. One session per process. */
export class DevSession {
  readonly #options: DevSessionOptions
  readonly #watcher: FileWatcher
  readonly #ended = deferred<ExitCode>()
  #child: ChildProcess | undefined
  #stopping = false
  #wanted = false

  constructor(options: DevSessionOptions) {
    this.#options = options
    this.#watcher = new FileWatcher((path) => this.#onChange(path))
  }

  /** Resolves with the exit code once a signal has ended it and the station has given back what it held. */
  async run(): Promise<ExitCode> {
    const file = findConfigurationFile(process.cwd())
    if (file === null && !this.#options.args.includes('--config')) {
      throw new StellwerkError(
        'CONFIG_NOT_LOADED',
        `no ${configurationFileNames[0]} was found from here upward; run 'stellwerk init' to write one`,
      )
    }
    if (file !== null) this.#watcher.add(file)
    const stop = (): void => this.#stop()
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.on(signal, stop)
    this.#start()
    try {
      return await this.#ended.promise
    } finally {
      this.#watcher.close()
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.off(signal, stop)
    }
  }

  #start(): void {
    this.#wanted = false
    const child = fork(stationModule, [...this.#options.args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.on('message', (message) => {
      if (isLoadedModule(message)) this.#watcher.add(message.loaded)
    })
    child.once('exit', (code) => this.#onExit(code))
  }

  #onExit(code: number | null): void {
    this.#child = undefined
    if (this.#stopping) this.#ended.resolve(0)
    else if (this.#wanted || code === 75) this.#start()
    else
      this.#options.output.note(
        `stellwerk: the station ended (exit code ${code ?? 'none'}); it starts again when a file changes`,
      )
  }

  #onChange(path: string): void {
    if (this.#stopping) return
    this.#options.output.note(`stellwerk: ${relative(process.cwd(), path) || basename(path)} changed, restarting`)
    this.#wanted = true
    if (this.#child === undefined) this.#start()
    else this.#endChild()
  }

  #stop(): void {
    if (this.#stopping) return
    this.#stopping = true
    if (this.#child === undefined) this.#ended.resolve(0)
    else this.#endChild()
  }

  /** By closing the channel, which the station takes as TERM: that works where there are no signals, too. */
  #endChild(): void {
    if (this.#child?.connected === true) this.#child.disconnect()
  }
}

function isLoadedModule(message: unknown): message is { readonly loaded: string } {
  return typeof message === 'object' && message !== null && 'loaded' in message && typeof message.loaded === 'string'
}
