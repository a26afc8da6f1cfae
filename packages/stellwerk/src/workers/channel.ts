import type { Duplex } from 'node:stream'
import { FrameReader, frameOf, softFrameBytes } from './frame.ts'

/** What a channel tells its owner. */
export interface ChannelListener<Message> {
  onMessage(message: Message): void
  /** Once: the other side has gone, or sent what is no frame of ours; then `fault` says what. */
  onEnd(fault: string | null): void
}

/**
 * Messages over a pipe of our own, batched per turn of the loop. Node's own channel between processes is not used: what it cannot parse is thrown in the parent,
 * and nothing bounds it.
 */
export class Channel<Sent, Received> {
  readonly #stream: Duplex
  readonly #listener: ChannelListener<Received>
  readonly #reader = new FrameReader()
  #texts: string[] = []
  #textBytes = 0
  #isScheduled = false
  #hasEnded = false

  constructor(stream: Duplex, listener: ChannelListener<Received>) {
    this.#stream = stream
    this.#listener = listener
    stream.on('data', (chunk: Buffer) => this.#onData(chunk))
    stream.once('close', () => this.#end(null))
    stream.once('end', () => this.#end(null))
    stream.on('error', () => this.#end(null))
  }

  /** Bytes that the other side has not taken yet. */
  get backlogBytes(): number {
    return this.#stream.writableLength + this.#textBytes
  }

  /** Goes out with whatever else this turn of the loop sends. Silently nothing after the end. */
  send(message: Sent): void {
    if (this.#hasEnded) return
    const text = JSON.stringify(message)
    if (this.#textBytes > 0 && this.#textBytes + text.length > softFrameBytes) this.flush()
    this.#texts.push(text)
    this.#textBytes += text.length
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.flush()
    })
  }

  /** Hands what was sent to the operating system. */
  flush(): void {
    if (this.#texts.length === 0 || this.#hasEnded) return
    this.#stream.write(frameOf(this.#texts))
    this.#texts = []
    this.#textBytes = 0
  }

  /** Sends what is left, then closes; resolves when it is out. */
  async close(): Promise<void> {
    this.flush()
    if (this.#hasEnded) return
    await new Promise<void>((resolve) => {
      this.#stream.once('close', () => resolve())
      this.#stream.end(() => resolve())
    })
  }

  /** Ends at once. */
  destroy(): void {
    this.#hasEnded = true
    this.#stream.destroy()
  }

  #onData(chunk: Buffer): void {
    if (this.#hasEnded) return
    try {
      for (const messages of this.#reader.push(chunk))
        for (const message of messages) this.#listener.onMessage(message as Received)
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error))
    }
  }

  #end(fault: string | null): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#listener.onEnd(fault)
    this.#stream.destroy()
  }
}
