import type { Worker } from 'node:worker_threads'
import { afterAll } from 'vitest'

/** What keeps a process alive and means that somebody was not stopped. Pipes and the like belong to the runner. */
const WATCHED = ['Timeout', 'Immediate', 'TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'FSEventWrap']
const PATIENCE_MS = 500

// Taken now, because a test may replace the clock.
const nextTurn = setImmediate
const nowMs = performance.now.bind(performance)

const workers = new Set<Worker>()
const noteWorker = (worker: Worker): void => {
  workers.add(worker)
  worker.once('exit', () => workers.delete(worker))
}
process.on('worker', noteWorker)

function countHeld(): Map<string, number> {
  const held = new Map([['worker thread', workers.size]])
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.includes(kind)) held.set(kind, (held.get(kind) ?? 0) + 1)
  }
  return held
}

function leftovers(before: ReadonlyMap<string, number>): string[] {
  return [...countHeld()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
}

const before = countHeld()

// Set-up files register first and hooks run in reverse, so this one sees what every afterAll of the file has left.
afterAll(async () => {
  const start = nowMs()
  process.off('worker', noteWorker)
  let left = leftovers(before)
  while (left.length > 0 && nowMs() - start < PATIENCE_MS) {
    await new Promise((resolve) => nextTurn(resolve))
    left = leftovers(before)
  }
  if (left.length > 0) throw new Error(`this test file left running: ${left.join(', ')}`)
})
