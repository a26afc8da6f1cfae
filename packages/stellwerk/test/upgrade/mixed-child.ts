import { LineProcess } from '../faults/line-process.ts'
import type { MixedEvent, MixedSetup } from './mixed-setup.ts'

/** A process of a mixed run as the test sees it. */
export class MixedChild extends LineProcess<MixedEvent> {
  readonly program: MixedSetup['program']

  constructor(setup: MixedSetup) {
    super(new URL('./mixed-process.ts', import.meta.url), setup)
    this.program = setup.program
  }

  get isReady(): boolean {
    return this.said.some(({ e }) => e === 'ready')
  }
}
