import type { Socket } from 'node:net'

/** One direction of a relayed connection. */
export interface Lane {
  send(chunk: Buffer): void
  stop(): void
}

/** Passes chunks on in order, each as late as the network of the moment has it. */
export class RelayLane implements Lane {
  readonly #to: Socket
  readonly #shape: () => { readonly latencyMs: number; readonly bytesPerSecond: number }
  readonly #timers = new Set<NodeJS.Timeout>()
  /** Nothing arrives before this: what came earlier arrives first. */
  #freeAtMs = 0

  constructor(to: Socket, shape: () => { readonly latencyMs: number; readonly bytesPerSecond: number }) {
    this.#to = to
    this.#shape = shape
  }

  send(chunk: Buffer): void {
    const { latencyMs, bytesPerSecond } = this.#shape()
    const nowMs = performance.now()
    const passesMs = Number.isFinite(bytesPerSecond) ? (chunk.length / bytesPerSecond) * 1_000 : 0
    const at = Math.max(this.#freeAtMs, nowMs + latencyMs) + passesMs
    if (at <= nowMs) {
      this.#to.write(chunk)
      return
    }
    this.#freeAtMs = at
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#to.write(chunk)
    }, at - nowMs)
    this.#timers.add(timer)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
