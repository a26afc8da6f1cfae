import { meterServer } from './server-cpu.ts'
import type { StoreRows } from './store-rows.ts'

/** CPU time of a span, in milliseconds. */
export interface CpuCost {
  /** Of this process, all its threads; worker processes are not in it. */
  readonly ownMs: number
  /** Of the PostgreSQL server; null where there is none on this machine. */
  readonly serverMs: number | null
}

/** Starts a span; the answer ends it and tells what it cost. */
export async function meterCpu(rows: Pick<StoreRows, 'serverPid'>): Promise<() => CpuCost> {
  const server = await serverMeter(rows)
  const serverBefore = server?.() ?? 0
  const before = process.cpuUsage()
  return () => {
    const { system, user } = process.cpuUsage(before)
    return { ownMs: (system + user) / 1_000, serverMs: server === null ? null : server() - serverBefore }
  }
}

async function serverMeter(rows: Pick<StoreRows, 'serverPid'>): Promise<(() => number) | null> {
  const pid = await rows.serverPid()
  if (pid === null) return null
  try {
    return meterServer(pid)
  } catch {
    // A server elsewhere: its time is not to be had, and the figures go without.
    return null
  }
}
