import type { Readable } from 'node:stream'
import { monotonicMs } from '../std/monotonic.ts'
import { LineSplitter } from './line-splitter.ts'

/** Of each stream, this much per second is kept; the rest is counted and dropped. */
const maxBytesPerSecond = 262_144

/** Reads what a process writes past its handlers' own streams, line by line, and never holds more than a line and a second's worth. */
export class OutputReader {
  readonly #lines = new LineSplitter()
  readonly #onLines: (lines: readonly string[]) => void
  #secondMs = monotonicMs()
  #taken = 0
  #dropped = 0

  constructor(stream: Readable | null, onLines: (lines: readonly string[]) => void) {
    this.#onLines = onLines
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => this.#push(text))
    stream?.on('error', () => {})
    stream?.once('close', () => this.#tell([...this.#lines.end(), ...this.#mark()]))
  }

  #push(text: string): void {
    const nowMs = monotonicMs()
    if (nowMs - this.#secondMs >= 1_000) {
      this.#secondMs = nowMs
      this.#taken = 0
      this.#tell(this.#mark())
    }
    const room = Math.max(0, maxBytesPerSecond - this.#taken)
    this.#taken += text.length
    this.#dropped += Math.max(0, text.length - room)
    this.#tell(this.#lines.push(text.slice(0, room)))
  }

  #mark(): readonly string[] {
    if (this.#dropped === 0) return []
    const dropped = this.#dropped
    this.#dropped = 0
    return [`[${dropped} characters more were written than is kept]`]
  }

  #tell(lines: readonly string[]): void {
    if (lines.length > 0) this.#onLines(lines)
  }
}
