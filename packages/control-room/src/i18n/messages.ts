import type { en } from './en.ts'

/** Every message of the room, by page. English is written first, and each language has the same keys and parameters. */
export type Messages = typeof en
