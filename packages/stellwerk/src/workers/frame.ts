/** A frame beyond this is no frame of ours. */
export const maxFrameBytes = 16_777_216
/** A frame is closed before it grows beyond this. */
export const softFrameBytes = 4_194_304

const headBytes = 4

/** One frame: its length in bytes (uint32, little-endian), then a JSON array of the messages, each an object. */
export function frameOf(texts: readonly string[]): Buffer {
  const body = `[${texts.join(',')}]`
  const frame = Buffer.allocUnsafe(headBytes + Buffer.byteLength(body))
  frame.writeUInt32LE(frame.length - headBytes, 0)
  frame.write(body, headBytes)
  return frame
}

/** Puts frames together from the pieces that arrive, and holds no more than one frame. */
export class FrameReader {
  #chunks: Buffer[] = []
  #bytes = 0

  /** The messages of each frame that is whole now. @throws Error saying what is no frame */
  push(chunk: Buffer): readonly (readonly unknown[])[] {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    const frames: (readonly unknown[])[] = []
    for (;;) {
      const length = this.#nextLength()
      if (length === undefined || this.#bytes < headBytes + length) return frames
      frames.push(messagesOf(this.#take(headBytes + length).subarray(headBytes)))
    }
  }

  #nextLength(): number | undefined {
    if (this.#bytes < headBytes) return undefined
    const first = this.#chunks[0]
    const head = first !== undefined && first.length >= headBytes ? first : this.#whole()
    const length = head.readUInt32LE(0)
    if (length > maxFrameBytes) throw new Error(`a frame of ${length} bytes, more than ${maxFrameBytes}`)
    return length
  }

  #whole(): Buffer {
    const whole = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }

  #take(bytes: number): Buffer {
    const whole = this.#whole()
    const rest = whole.subarray(bytes)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#bytes -= bytes
    return whole.subarray(0, bytes)
  }
}

function messagesOf(body: Buffer): readonly unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Error(`a frame of ${body.length} bytes that is not JSON`)
  }
  if (!Array.isArray(parsed) || !parsed.every(isMessage)) throw new Error('a frame that holds no messages')
  return parsed
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'k' in value
}
