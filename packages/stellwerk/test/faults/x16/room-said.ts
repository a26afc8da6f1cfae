/** What the process of the interface is told at its start. */
export interface RoomSetup {
  readonly address: { readonly store: string; readonly schema?: string }
}

/** What it says: where it listens; and after each line that it is told, its resident memory and what it holds on and off the heap, in bytes after a collection, and what it has logged as errors so far. */
export type RoomSaid =
  | { readonly kind: 'listening'; readonly url: string }
  | {
      readonly kind: 'memory'
      readonly asked: string
      readonly rss: number
      readonly held: number
      readonly errors: readonly string[]
    }
