import type { Socket } from 'node:net'

/** One direction of a relayed connection. */
export interface Lane {
  send(chunk: Buffer): void
  stop(): void
}

interface Waiting {
  readonly chunk: Buffer
  readonly atMs: number
}

/** Passes chunks on, each as late as the network of the moment has it, and in their order, as TCP does: none overtakes another whose timer is late. */
export class RelayLane implements Lane {
  readonly #to: Pick<Socket, 'write'>
  readonly #shape: () => { readonly latencyMs: number; readonly bytesPerSecond: number }
  readonly #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | undefined
  /** Nothing arrives before this: what came earlier arrives first. */
  #freeAtMs = 0

  constructor(to: Pick<Socket, 'write'>, shape: () => { readonly latencyMs: number; readonly bytesPerSecond: number }) {
    this.#to = to
    this.#shape = shape
  }

  send(chunk: Buffer): void {
    const { latencyMs, bytesPerSecond } = this.#shape()
    const nowMs = performance.now()
    const passesMs = Number.isFinite(bytesPerSecond) ? (chunk.length / bytesPerSecond) * 1_000 : 0
    const atMs = Math.max(this.#freeAtMs, nowMs + latencyMs) + passesMs
    this.#freeAtMs = atMs
    this.#waiting.push({ chunk, atMs })
    this.#passOn()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting.length = 0
  }

  #passOn(): void {
    clearTimeout(this.#timer)
    const nowMs = performance.now()
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (next.atMs > nowMs) {
        this.#timer = setTimeout(() => this.#passOn(), next.atMs - nowMs)
        return
      }
      this.#waiting.shift()
      this.#to.write(next.chunk)
    }
  }
}
