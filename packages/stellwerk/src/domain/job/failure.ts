/** What ended an attempt that did not succeed (SPEC F2). `unknown_type` = the process has no handler for the type. */
export const failureKinds = [
  'error',
  'timeout',
  'memory',
  'crash',
  'database',
  'deadline',
  'payload',
  'unknown_type',
  'cancelled',
] as const

/** One of {@link failureKinds}. */
export type FailureKind = (typeof failureKinds)[number]

/** One link of a cause chain, outermost first. */
export interface FailureCause {
  readonly errorClass: string
  readonly message: string
}

/** What is kept of a failed attempt. Texts are well-formed, without NUL, and capped (message 4 KiB, stack 16 KiB). */
export interface Failure {
  readonly kind: FailureKind
  readonly errorClass: string
  readonly message: string
  /** The stack as thrown, null where the thrown value had none. */
  readonly stack: string | null
  /** At most 8 links, without the error itself. */
  readonly causes: readonly FailureCause[]
}
