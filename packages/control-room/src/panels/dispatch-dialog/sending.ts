import type { NewJobRequest } from '../../../../stellwerk/src/http/schemas/dispatch.ts'

/** A dispatch that may be under way. */
export interface Sending {
  readonly mutate: (body: NewJobRequest) => void
  readonly isPending: boolean
  readonly error: Error | null
}
