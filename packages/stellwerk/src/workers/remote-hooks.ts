import { deferred } from '../std/deferred.ts'
import type { HookEnd, TakenHook } from '../storage/failed-job-store.ts'
import type { WorkerProcess } from './worker-process.ts'

/** Runs `failed` hooks in worker processes, and sees which of them were lost with their worker. */
export class RemoteHooks {
  readonly #workers: () => readonly WorkerProcess[]
  readonly #open = new Map<number, { readonly worker: WorkerProcess; readonly end: (end: HookEnd) => void }>()
  #next = 0

  constructor(workers: () => readonly WorkerProcess[]) {
    this.#workers = workers
  }

  /** Whether a worker is there to take one. */
  get canRun(): boolean {
    return this.#calmest() !== undefined
  }

  /** What became of it, once that is known. Never rejects. */
  async run(hook: TakenHook): Promise<HookEnd> {
    const worker = this.#calmest()
    if (worker === undefined) return 'unbegun'
    const n = this.#next++
    const { promise, resolve } = deferred<HookEnd>()
    this.#open.set(n, { worker, end: resolve })
    worker.hooks++
    worker.send({ k: 'hook', n, hook })
    const end = await promise
    worker.hooks--
    this.#open.delete(n)
    return end
  }

  /** A worker says that hook `n` has run. */
  onEnded(n: number): void {
    this.#open.get(n)?.end('ran')
  }

  /** A worker is gone, and with it what it ran. */
  onGone(worker: WorkerProcess): void {
    for (const hook of this.#open.values()) if (hook.worker === worker) hook.end('lost')
  }

  /** Whoever holds least: what kills a worker should take little with it. */
  #calmest(): WorkerProcess | undefined {
    const ready = this.#workers().filter(({ phase }) => phase === 'ready')
    return ready.toSorted((one, other) => one.handed.size + one.hooks - other.handed.size - other.hooks)[0]
  }
}
