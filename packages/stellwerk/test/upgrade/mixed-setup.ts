/** What one process of a mixed run is told. */
export interface MixedSetup {
  /** The entrance of its program. */
  readonly entry: string
  /** Marks what it did. */
  readonly program: 'old' | 'new'
  readonly role: 'migrate' | 'station' | 'dispatcher'
  readonly address: { readonly store: string; readonly schema?: string }
  readonly stateDir: string
  /** Each end of a handler is a line: id, claim, program that dispatched, program that ran. */
  readonly sinkPath: string
  readonly seed: number
}

/** What a process says. */
export type MixedEvent =
  | { readonly e: 'ready' }
  | { readonly e: 'acked'; readonly jobs: readonly (readonly [id: number, failures: number])[] }
  | { readonly e: 'cancelled'; readonly id: number }
  /** A call of the application that did not succeed. */
  | { readonly e: 'error'; readonly call: string; readonly message: string }
  | { readonly e: 'log'; readonly level: string; readonly message: string }
