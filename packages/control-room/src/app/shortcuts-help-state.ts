import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

/** Opens and closes the help on keys, from wherever. */
export function openShortcutsHelp(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the help on keys is open. */
export function useShortcutsHelp(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen)
}
