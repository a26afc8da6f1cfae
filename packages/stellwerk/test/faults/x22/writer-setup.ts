/** What a writer is told. */
export interface WriterSetup {
  readonly store: string
  readonly stateDir: string
  readonly works: boolean
}

/** What a writer says. */
export type WriterSaid =
  | { readonly e: 'ready' | 'written' }
  | { readonly e: 'log'; readonly message: string; readonly check?: string; readonly was?: string }
