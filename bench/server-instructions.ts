import { spawn } from 'node:child_process'
import type pg from 'pg'

/**
 * Counts the instructions that the backends of all stores execute from now on, by `perf` (Linux, root), until the returned function is called, which
 * gives the sum. Unlike the clock this figure does not change with what else the machine does.
 */
export async function countInstructions(admin: pg.Client): Promise<() => Promise<number>> {
  const backends = await admin.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'stellwerk'`,
  )
  const pids = backends.rows.map((row) => row.pid).join(',')
  const perf = spawn('perf', ['stat', '-x', ',', '-e', 'instructions:u', '-p', pids], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  perf.stderr.on('data', (chunk) => {
    printed += String(chunk)
  })
  // There is no sign from perf that it has attached.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return async () => {
    const exited = new Promise((resolve) => perf.once('exit', resolve))
    perf.kill('SIGINT')
    await exited
    const count = Number(printed.split(',')[0])
    if (Number.isNaN(count)) throw new Error(`perf counts no instructions on this machine: ${printed.trim()}`)
    return count
  }
}
