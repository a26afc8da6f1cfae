import type { LogLevel } from '../../std/log.ts'

/** What a handler wrote during an attempt (SPEC J9), one NDJSON line each. `at` is Unix ms. */
export type LogEntry =
  | {
      readonly at: number
      readonly kind: 'log'
      readonly level: LogLevel
      readonly message: string
      readonly fields?: Readonly<Record<string, unknown>>
    }
  | { readonly at: number; readonly kind: 'progress'; readonly progress: number; readonly note?: string }
  | {
      readonly at: number
      readonly kind: 'trace'
      readonly event: string
      readonly data?: unknown
      readonly memoryBytes: number
      readonly memoryPeakBytes: number
    }
  | { readonly at: number; readonly kind: 'dropped'; readonly entries: number }
