import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/**
 * A meter of the CPU time, in milliseconds, of the PostgreSQL server that a backend belongs to: all processes that its postmaster has now. Linux, on the
 * server's machine. @throws Error where that process is not here
 */
export function meterServer(backendPid: number): () => number {
  const postmaster = statOf(backendPid)?.parent
  if (postmaster === undefined || !readFileSync(`/proc/${backendPid}/comm`, 'utf8').startsWith('postgres'))
    throw new Error(
      `process ${backendPid} is no PostgreSQL of this machine: its CPU time cannot be read; give a server that runs here`,
    )
  return () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), stat: statOf(Number(name)) }))
      .filter(({ pid, stat }) => pid === postmaster || stat?.parent === postmaster)
      .reduce((sum, { stat }) => sum + (stat?.cpuMs ?? 0), 0)
}

function statOf(pid: number): { readonly parent: number; readonly cpuMs: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { parent: Number(fields[1]), cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond }
  } catch {
    return undefined
  }
}
