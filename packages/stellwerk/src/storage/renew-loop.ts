import type { MessagePort } from 'node:worker_threads'
import { isStellwerkError } from '../domain/errors.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { LeaseMessage, LeaseOrder, LeaseThreadOptions } from './lease-messages.ts'

/** What a driver brings to the loop: one connection of its own, opened again after a failure. */
export interface LeaseConnection {
  /** T4, one statement. False: declared dead. Rejects within a bound of the driver's own when the store cannot be reached. */
  renew(stationId: string, leaseMs: number): Promise<boolean>
  /** Never rejects. */
  close(): Promise<void>
}

/** How the loop reaches its store. Rejects like `renew`. */
export type OpenLeaseConnection = () => Promise<LeaseConnection>

/**
 * The life of a lease thread, the same for every driver: renews at once and every `everyMs` (after a failure thrice as often) while the main
 * loop ticks, and posts a LeaseMessage per round. Ends by closing `port` and the connection: on a stop order, and once it was told `dead`.
 */
export async function runRenewLoop(
  options: LeaseThreadOptions,
  port: MessagePort,
  open: OpenLeaseConnection,
): Promise<void> {
  const stopping = stopSignal(port)
  const isStalled = stallWatch(options)
  const contact = new Contact(open, options)
  let told: LeaseMessage['kind'] | undefined
  while (!stopping.aborted && told !== 'dead') {
    const message: LeaseMessage = isStalled() ? { kind: 'stalled' } : await contact.renew()
    if (message.kind !== 'stalled' || told !== 'stalled') port.postMessage(message)
    told = message.kind
    if (told !== 'dead') await pause(told === 'failed' ? options.everyMs / 3 : options.everyMs, stopping)
  }
  await contact.close()
  port.close()
}

/** The connection over its failures: dropped after one, opened again by the next renewal. */
class Contact {
  readonly #open: OpenLeaseConnection
  readonly #options: LeaseThreadOptions
  #connection: LeaseConnection | undefined

  constructor(open: OpenLeaseConnection, options: LeaseThreadOptions) {
    this.#open = open
    this.#options = options
  }

  async renew(): Promise<LeaseMessage> {
    try {
      this.#connection ??= await this.#open()
      // Read after opening: the trust it grants counts from before the statement was sent.
      const startedMs = sharedClockMs()
      const renewed = await this.#connection.renew(this.#options.stationId, this.#options.leaseMs)
      return renewed ? { kind: 'renewed', startedMs } : { kind: 'dead' }
    } catch (error) {
      await this.close()
      return failedBy(error)
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }
}

function failedBy(error: unknown): LeaseMessage {
  const message = error instanceof Error ? error.message : String(error)
  return isStellwerkError(error) ? { kind: 'failed', message, code: error.code } : { kind: 'failed', message }
}

function stopSignal(port: MessagePort): AbortSignal {
  const stopping = new AbortController()
  port.on('message', (order: LeaseOrder) => {
    if (order.kind === 'stop') stopping.abort()
  })
  return stopping.signal
}

/** Says whether the main loop's counter has stood still for longer than it may; counts from the first look. */
function stallWatch({ ticks, stalledAfterMs }: LeaseThreadOptions): () => boolean {
  const counter = new Int32Array(ticks)
  let seen = Atomics.load(counter, 0)
  let movedAtMs = performance.now()
  return () => {
    const now = Atomics.load(counter, 0)
    if (now !== seen) {
      seen = now
      movedAtMs = performance.now()
    }
    return performance.now() - movedAtMs >= stalledAfterMs
  }
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return
  await new Promise<void>((resolve) => {
    const wakeUp = (): void => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', wakeUp)
      resolve()
    }
    const timer = setTimeout(wakeUp, ms)
    stopping.addEventListener('abort', wakeUp)
  })
}
