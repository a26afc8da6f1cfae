/** What a soaking station is told. */
export interface SoakSetup {
  readonly address: { readonly store: string; readonly schema?: string }
  readonly stateDir: string
  readonly forMs: number
  readonly executor: 'inline' | 'process'
}

/** What a process holds after a full garbage collection. */
export interface Holdings {
  readonly pid: number
  readonly rss: number
  readonly heapUsed: number
  /** Null where the system does not tell. */
  readonly fds: number | null
  /** How many timers, sockets and the like keep it alive, by their kind. */
  readonly kinds: Readonly<Record<string, number>>
}

/** What a station holds when it is idle, and its worker: itself, where it runs the handlers. */
export interface SoakSample {
  readonly atMs: number
  readonly jobs: number
  readonly retried: number
  readonly station: Holdings
  readonly worker: Holdings
}
