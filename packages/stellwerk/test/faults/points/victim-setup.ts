import type { ProcessSetup } from '../checker/history-event.ts'

/** What happens to a process at its point; `none`: it tells every point that it passes. */
export type VictimFault = 'none' | 'kill' | 'stop' | 'cut'

/** How a victim is set up. */
export interface VictimSetup extends ProcessSetup {
  readonly fault: VictimFault
  readonly point: string
}
