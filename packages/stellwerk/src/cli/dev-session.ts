import { basename, relative, resolve } from 'node:path'
import { configurationFileNames, findConfigurationFile } from '../app/configuration/find-configuration-file.ts'
import { StellwerkError } from '../domain/errors.ts'
import { deferred } from '../std/deferred.ts'
import { DevChild } from './dev-child.ts'
import type { ExitCode } from './exit-codes.ts'
import { FileWatcher } from './file-watcher.ts'
import type { Output } from './output.ts'

/** What a session runs. */
export interface DevSessionOptions {
  /** Command line of the station. */
  readonly station: readonly string[]
  /** Command line of the control room; null = none. */
  readonly room: readonly string[] | null
  /** File that the command line names in place of the search; null = none. */
  readonly configurationFile: string | null
  readonly output: Output
}

/**
 * Keeps a station and a control room running, each in a process of its own. The station is started again when a file that it loaded changes, the room only with
 * the configuration, or when it could not run: pages stay open while jobs are edited. One session per process.
 */
export class DevSession {
  readonly #options: DevSessionOptions
  readonly #watcher: FileWatcher
  readonly #ended = deferred<ExitCode>()
  readonly #station: DevChild
  readonly #room: DevChild | null
  readonly #stationFiles = new Set<string>()
  #configurationFile: string | null = null
  #isStopping = false
  #running = 0

  constructor(options: DevSessionOptions) {
    const { station, room, output } = options
    this.#options = options
    this.#watcher = new FileWatcher((path) => this.#onChange(path))
    const onEnded = (): void => this.#onEnded()
    const onLoaded = (path: string): void => {
      this.#stationFiles.add(path)
      this.#watcher.add(path)
    }
    this.#station = new DevChild({ name: 'station', args: station, output, onLoaded, onEnded })
    this.#room =
      room === null
        ? null
        : new DevChild({
            name: 'control room',
            args: room,
            output,
            onLoaded: (path) => this.#watcher.add(path),
            onEnded,
          })
  }

  /** Resolves with the exit code once a signal has ended it and the station has given back what it held. */
  async run(): Promise<ExitCode> {
    const { configurationFile } = this.#options
    const file = configurationFile === null ? findConfigurationFile(process.cwd()) : resolve(configurationFile)
    if (file === null) {
      throw new StellwerkError(
        'CONFIG_NOT_LOADED',
        `no ${configurationFileNames[0]} was found from here upward; run 'stellwerk init' to write one`,
      )
    }
    this.#configurationFile = file
    this.#watcher.add(file)
    const stop = (): void => this.#stop()
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.on(signal, stop)
    for (const child of this.#children()) child.start()
    try {
      return await this.#ended.promise
    } finally {
      this.#watcher.close()
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.off(signal, stop)
    }
  }

  #children(): readonly DevChild[] {
    return this.#room === null ? [this.#station] : [this.#room, this.#station]
  }

  #onChange(path: string): void {
    if (this.#isStopping) return
    const isConfiguration = path === this.#configurationFile
    const restarting = [
      ...(isConfiguration || this.#stationFiles.has(path) || !this.#station.isRunning ? [this.#station] : []),
      ...(this.#room !== null && (isConfiguration || !this.#room.isRunning) ? [this.#room] : []),
    ]
    if (restarting.length === 0) return
    this.#options.output.note(`stellwerk: ${relative(process.cwd(), path) || basename(path)} changed, restarting`)
    for (const child of restarting) child.restart()
  }

  #stop(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    const children = this.#children()
    this.#running = children.length
    for (const child of children) child.end()
  }

  #onEnded(): void {
    this.#running--
    if (this.#running === 0) this.#ended.resolve(0)
  }
}
