import { greeting } from './encode-event.ts'

/** Bytes a reader may be behind before it is dropped. */
export const slowReaderBytes = 262_144

/** One open stream of a viewer. Bytes that several viewers get are shared, never copied. */
export class Connection {
  readonly body: ReadableStream<Uint8Array>
  readonly #onEnd: () => void
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined

  /** `onEnd` is called once, however it ends. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        cancel: () => this.#end(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: slowReaderBytes }),
    )
    this.send(greeting)
  }

  /** Whether nothing can be sent any more. */
  get hasEnded(): boolean {
    return this.#controller === undefined
  }

  /** Sends, unless the reader is too far behind already: then it is dropped, and comes back for a snapshot. */
  send(bytes: Uint8Array): void {
    const controller = this.#controller
    if (controller === undefined) return
    if ((controller.desiredSize ?? 0) > 0) controller.enqueue(bytes)
    else this.#drop()
  }

  /** Ends it after what was sent. Safe to repeat. */
  close(): void {
    const controller = this.#controller
    this.#end()
    controller?.close()
  }

  /** Frees what waits at once. */
  #drop(): void {
    const controller = this.#controller
    this.#end()
    controller?.error(new Error('the reader was too slow'))
  }

  #end(): void {
    if (this.#controller === undefined) return
    this.#controller = undefined
    this.#onEnd()
  }
}
