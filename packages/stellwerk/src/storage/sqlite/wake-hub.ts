/** Everyone in this process who looks at one database file, over any number of connections. */
export interface WakeHub {
  /** Commits made by this process through any connection; tells our own writes from those of other processes. */
  commits: number
  subscribe(listener: () => void): () => void
  /** Calls every listener soon, once however often it is asked for within a turn. */
  notify(): void
}

const hubs = new Map<string, { readonly hub: WakeHub; users: number }>()

/** The hub of a file, shared by all connections of this process that opened the same real path; give it back with `releaseWakeHub`. */
export function takeWakeHub(realPath: string): WakeHub {
  const entry = hubs.get(realPath) ?? { hub: createWakeHub(), users: 0 }
  entry.users += 1
  hubs.set(realPath, entry)
  return entry.hub
}

/** Forgets the hub once its last connection has gone. */
export function releaseWakeHub(realPath: string): void {
  const entry = hubs.get(realPath)
  if (entry === undefined) return
  entry.users -= 1
  if (entry.users === 0) hubs.delete(realPath)
}

function createWakeHub(): WakeHub {
  const listeners = new Set<() => void>()
  let asked = false
  const tell = (): void => {
    asked = false
    for (const listener of [...listeners]) listener()
  }
  return {
    commits: 0,
    subscribe(listener) {
      const own = (): void => listener()
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
    notify() {
      if (asked || listeners.size === 0) return
      asked = true
      queueMicrotask(tell)
    },
  }
}
