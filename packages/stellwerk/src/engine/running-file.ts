import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../std/log.ts'
import type { DeathEvidence } from '../storage/station-store.ts'

const slotBytes = 16

/**
 * Marks which jobs are in a handler, in a file that outlives a kill -9: slot n holds id and claim_seq, zero when free.
 * One write per flush, whatever the number of slots. The next station on this host reads it when it rescues.
 */
export class RunningFile {
  readonly #stateDir: string
  #path: string
  #descriptor: number | undefined
  readonly #slots: Buffer
  #dirty = false

  /** @throws the file system's error when the folder cannot be written */
  constructor(stateDir: string, stationId: string, capacity: number) {
    this.#stateDir = stateDir
    mkdirSync(stateDir, { recursive: true, mode: 0o700 })
    this.#path = runningPath(stateDir, stationId)
    this.#slots = Buffer.alloc(capacity * slotBytes)
    this.#descriptor = createFile(this.#path, this.#slots)
  }

  mark(slot: number, id: number, claimSeq: number): void {
    this.#slots.writeDoubleLE(id, slot * slotBytes)
    this.#slots.writeDoubleLE(claimSeq, slot * slotBytes + 8)
    this.#dirty = true
  }

  clear(slot: number): void {
    this.mark(slot, 0, 0)
  }

  /** Hands the marks to the operating system; a no-op when nothing changed, and after `close`: a handler may outlive its station. */
  flush(): void {
    if (!this.#dirty || this.#descriptor === undefined) return
    writeSync(this.#descriptor, this.#slots, 0, this.#slots.length, 0)
    this.#dirty = false
  }

  /**
   * The station goes on under another identity: its marks move to a file of that name. The old one may be gone, since whoever declared the
   * station dead has read and removed it.
   * @throws the file system's error when the folder cannot be written
   */
  moveTo(stationId: string): void {
    if (this.#descriptor === undefined) return
    const path = runningPath(this.#stateDir, stationId)
    const descriptor = createFile(path, this.#slots)
    this.close()
    this.#path = path
    this.#descriptor = descriptor
    this.#dirty = false
  }

  /** Ends and removes the file: nothing counts as running any more. Safe to repeat. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
    rmSync(this.#path, { force: true })
  }
}

/** A running file for `concurrency` slots; undefined, with a warning, where the folder cannot be written. */
export function openRunningFile(
  { stateDir, concurrency }: { readonly stateDir: string; readonly concurrency: number },
  stationId: string,
  log: Log,
): RunningFile | undefined {
  try {
    return new RunningFile(stateDir, stationId, concurrency)
  } catch (error) {
    log.warn('the state folder cannot be written; crashes of this station count for no job', { stateDir, error })
    return undefined
  }
}

/** What a dead station left behind in `stateDir`; empty where it left nothing or something unreadable. */
export function readEvidence(stateDir: string, stationId: string): DeathEvidence {
  let bytes: Buffer
  try {
    bytes = readFileSync(runningPath(stateDir, stationId))
  } catch {
    return { running: [] }
  }
  const running: { id: number; claimSeq: number }[] = []
  for (let at = 0; at + slotBytes <= bytes.length; at += slotBytes) {
    const id = bytes.readDoubleLE(at)
    const claimSeq = bytes.readDoubleLE(at + 8)
    if (Number.isSafeInteger(id) && id > 0 && Number.isSafeInteger(claimSeq)) running.push({ id, claimSeq })
  }
  return { running }
}

/** Removes what a dead station left behind. */
export function dropEvidence(stateDir: string, stationId: string): void {
  rmSync(runningPath(stateDir, stationId), { force: true })
}

function createFile(path: string, slots: Buffer): number {
  const descriptor = openSync(path, 'w', 0o600)
  writeSync(descriptor, slots, 0, slots.length, 0)
  return descriptor
}

function runningPath(stateDir: string, stationId: string): string {
  return join(stateDir, `running-${stationId}`)
}
