import type { LogEntry } from '../domain/job/log-entry.ts'
import type { LogAppend } from '../storage/outcome-store.ts'

/** Bytes of lines kept per attempt; the oldest chunks go first. */
const maxAttemptBytes = 262_144
/** Bytes of one line; a longer one is cut. */
const maxLineBytes = 32_768
/** A chunk is closed at this size, so that dropping one drops little. */
const chunkBytes = 32_768

interface AttemptKey {
  readonly jobId: number
  readonly claimSeq: number
  readonly attempt: number
}

/** The lines of one attempt on their way to the store. */
export class AttemptLog {
  readonly #key: AttemptKey
  #pending: string[] = []
  #pendingBytes = 0
  #pendingEntries = 0
  #closed: { readonly lines: string; readonly entries: number }[] = []
  #closedBytes = 0
  /** Entries dropped before any chunk of theirs was taken: a handler may write faster than the store can be told. */
  #droppedUntaken = 0
  #nextChunk = 0
  #dropBelow = 0
  /** Bytes and entries of the chunks that are stored or closed, by number. */
  readonly #chunks = new Map<number, { readonly bytes: number; readonly entries: number }>()
  #keptBytes = 0

  constructor(key: AttemptKey) {
    this.#key = key
  }

  /** Takes one entry; what JSON cannot hold is written as text, so that a line is never lost to its fields. */
  add(entry: LogEntry): void {
    const line = cut(lineOf(entry))
    this.#pending.push(line)
    this.#pendingBytes += line.length + 1
    this.#pendingEntries++
    if (this.#pendingBytes >= chunkBytes) this.#closeChunk()
  }

  /** The chunks written since the last call, in order; a mark says how many entries the cap dropped. */
  take(at: number): readonly LogAppend[] {
    if (this.#pending.length > 0) this.#closeChunk()
    const appends = this.#closed.map(({ lines, entries }) => this.#append(lines, entries, at))
    this.#closed = []
    this.#closedBytes = 0
    return appends
  }

  #closeChunk(): void {
    this.#closed.push({ lines: this.#pending.join('\n'), entries: this.#pendingEntries })
    this.#closedBytes += this.#pendingBytes
    this.#pending = []
    this.#pendingBytes = 0
    this.#pendingEntries = 0
    while (this.#closedBytes > maxAttemptBytes && this.#closed.length > 1) {
      const oldest = this.#closed.shift()
      this.#closedBytes -= (oldest?.lines.length ?? 0) + 1
      this.#droppedUntaken += oldest?.entries ?? 0
    }
  }

  #append(lines: string, entries: number, at: number): LogAppend {
    const chunk = this.#nextChunk++
    this.#chunks.set(chunk, { bytes: lines.length, entries })
    this.#keptBytes += lines.length
    const dropped = this.#dropOldest() + this.#droppedUntaken
    this.#droppedUntaken = 0
    const mark = dropped === 0 ? '' : `${lineOf({ at, kind: 'dropped', entries: dropped })}\n`
    return { ...this.#key, chunk, lines: mark + lines, dropBelowChunk: this.#dropBelow }
  }

  #dropOldest(): number {
    let dropped = 0
    for (const [chunk, { bytes, entries }] of this.#chunks) {
      if (this.#keptBytes <= maxAttemptBytes) break
      this.#chunks.delete(chunk)
      this.#keptBytes -= bytes
      this.#dropBelow = chunk + 1
      dropped += entries
    }
    return dropped
  }
}

function lineOf(entry: LogEntry): string {
  try {
    return JSON.stringify(entry).toWellFormed()
  } catch {
    const { at } = entry
    if (entry.kind === 'trace') {
      const { kind, event, memoryBytes, memoryPeakBytes } = entry
      return JSON.stringify({
        at,
        kind,
        event,
        memoryBytes,
        memoryPeakBytes,
        data: { unserialisable: true },
      }).toWellFormed()
    }
    const said = 'message' in entry && { level: entry.level, message: entry.message }
    return JSON.stringify({ at, kind: entry.kind, ...said, fields: { unserialisable: true } }).toWellFormed()
  }
}

function cut(line: string): string {
  if (line.length <= maxLineBytes) return line
  const entry = JSON.parse(line) as LogEntry
  const { at } = entry
  const message = 'message' in entry ? entry.message : 'event' in entry ? entry.event : ''
  return JSON.stringify({
    at,
    kind: 'log',
    level: 'level' in entry ? entry.level : 'info',
    message: `${message.slice(0, 8_192)} [cut: the line had ${line.length} characters]`,
  })
}
