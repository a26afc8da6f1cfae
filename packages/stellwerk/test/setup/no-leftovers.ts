import { afterAll } from 'vitest'

/** What keeps a process alive and means that somebody was not stopped. Pipes and the like belong to the runner. */
const WATCHED = ['Timeout', 'Immediate', 'TCPSocketWrap', 'TCPServerWrap', 'MessagePort', 'Worker', 'ProcessWrap', 'FSEventWrap']
const PATIENCE_MS = 500

function countHeld(): Map<string, number> {
  const held = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.includes(kind)) held.set(kind, (held.get(kind) ?? 0) + 1)
  }
  return held
}

function leftovers(before: ReadonlyMap<string, number>): string[] {
  return [...countHeld()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
}

const before = countHeld()
const { setImmediate: nextTurn } = globalThis

// Set-up files register first, and hooks run in reverse: this one sees what every afterAll of the file has left.
afterAll(async () => {
  const start = performance.now()
  let left = leftovers(before)
  while (left.length > 0 && performance.now() - start < PATIENCE_MS) {
    await new Promise((resolve) => nextTurn(resolve))
    left = leftovers(before)
  }
  if (left.length > 0) throw new Error(`this test file left running: ${left.join(', ')}`)
})
