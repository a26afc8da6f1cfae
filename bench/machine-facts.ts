import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { round } from './statistics.ts'

/** What a figure must be read beside. */
export interface MachineFacts {
  readonly cores: number
  readonly cpu: string
  readonly memory_gb: number
  readonly node: string
  readonly platform: string
  /** Load average of the last minute before the run: above the idle figure others were at work. */
  readonly load_before: number
}

/** The facts of this machine, now. */
export function machineFacts(): MachineFacts {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memory_gb: round(totalmem() / 2 ** 30, 1),
    node: process.versions.node,
    platform: `${process.platform} ${release()} ${process.arch}`,
    load_before: round(loadavg()[0] ?? 0, 2),
  }
}
