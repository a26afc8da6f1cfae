import { useSyncExternalStore } from 'react'
import { serverNow } from '../api/server-clock.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let nowMs = serverNow()

function tick(): void {
  nowMs = serverNow()
  for (const listener of listeners) listener()
}

/** Calls back once a second while somebody listens; returns what ends it. */
export function subscribeClock(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    nowMs = serverNow()
    timer = setInterval(tick, 1_000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The store's time in Unix ms, by the one clock of the page; renders again when a step of `stepMs` (whole seconds) has passed. */
export function useNow(stepMs: number): number {
  useSyncExternalStore(subscribeClock, () => Math.floor(nowMs / stepMs))
  return nowMs
}
