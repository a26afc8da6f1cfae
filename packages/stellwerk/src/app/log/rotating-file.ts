import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { TurnLock } from './turn-lock.ts'

/** A file that several processes write. */
export interface RotatingFileOptions {
  readonly path: string
  /** Size at which it is put aside. */
  readonly maxBytes: number
  /** Files in all: the current one and those put aside as `path.1` (newest), `path.2`, ... */
  readonly count: number
}

/**
 * Appends to a file and puts it aside when it is full. Any number of processes of a machine may write one file: each batch of lines is one appending write, which
 * the kernel never mixes with another; who finds the file full takes a lock file, looks again, and renames; everybody else sees at its next batch that the path leads to
 * another file, and opens that. What is written in between goes to the file that was just put aside, so nothing is lost. Not for network file systems.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions
  readonly #turn: TurnLock
  #fd: number | undefined

  constructor(options: RotatingFileOptions) {
    this.#options = options
    this.#turn = new TurnLock(`${options.path}.lock`)
  }

  /** Makes the directory and the file, readable by its owner and group. @throws what the system says */
  open(): void {
    if (this.#fd !== undefined) return
    const { path } = this.#options
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
    this.#fd = openSync(path, 'a', 0o640)
  }

  /** Appends `text`, whole lines. @throws what the system says; the next call tries again from the beginning */
  append(text: string): void {
    try {
      this.open()
      this.#follow()
      this.#rotateIfFull(Buffer.byteLength(text))
      writeAll(this.#fd ?? -1, Buffer.from(text))
    } catch (error) {
      this.close()
      throw error
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  /** Opens the file anew where the path leads to another one, or to none. */
  #follow(): void {
    if (this.#fd === undefined || isAt(this.#options.path, this.#fd)) return
    this.close()
    this.open()
  }

  #rotateIfFull(comingBytes: number): void {
    if (!this.#isFull(comingBytes)) return
    this.#turn.take(() => {
      this.#follow()
      if (this.#isFull(comingBytes)) this.#rotate()
    })
    this.#follow()
  }

  #isFull(comingBytes: number): boolean {
    if (this.#fd === undefined) return false
    const { size } = fstatSync(this.#fd)
    return size > 0 && size + comingBytes > this.#options.maxBytes
  }

  #rotate(): void {
    const { path, count } = this.#options
    if (count === 1) {
      unlinkSync(path)
      return
    }
    const aside = (age: number): string => (age === 0 ? path : `${path}.${age}`)
    let oldest = 1
    while (oldest < count - 1 && statSync(aside(oldest), { throwIfNoEntry: false }) !== undefined) oldest++
    for (let age = oldest; age >= 1; age--) renameIfThere(aside(age - 1), aside(age))
  }
}

function isAt(path: string, fd: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false })
  const open = fstatSync(fd)
  return there !== undefined && there.ino === open.ino && there.dev === open.dev
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
}
