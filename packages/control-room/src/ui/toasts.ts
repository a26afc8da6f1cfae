import { useSyncExternalStore } from 'react'

/** A short word about what was done, or could not be. */
export interface Toast {
  readonly id: number
  readonly kind: 'done' | 'problem'
  readonly text: string
  /** Words of the server behind it, and their language where it is not that of the room. */
  readonly answer?: { readonly text: string; readonly lang: 'en' | undefined }
}

const LIFE_MS = 6_000
const MOST = 3

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  show(toasts.filter((toast) => toast.id !== id))
}

/** Shows a toast for six seconds; a problem stays until it is closed. The oldest leaves when there are too many. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const id = lastId
  show([...toasts, { ...toast, id }].slice(-MOST))
  if (toast.kind === 'done') setTimeout(() => dismissToast(id), LIFE_MS)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The toasts that stand now, oldest first. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts)
}
