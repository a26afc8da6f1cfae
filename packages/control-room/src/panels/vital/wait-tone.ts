import type { Tone } from '../../ui/tone.ts'

/** From then on a wait is trouble; the server's rules for the verdict begin there too. */
const OLD_WAIT_MS = 300_000

/** The tone of the longest wait, in ms (null = nothing waits); undefined while it is no trouble. */
export function waitTone(oldestWaitMs: number | null): Tone | undefined {
  return (oldestWaitMs ?? 0) > OLD_WAIT_MS ? 'failed' : undefined
}
