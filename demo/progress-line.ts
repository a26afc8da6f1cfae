/** Counts of the moment. */
export interface Progress {
  readonly completed: number
  readonly failed: number
  readonly retrying: number
  readonly dispatched: number
  /** Seconds since the start. */
  readonly seconds: number
}

/** Shows progress: one line that is rewritten on a terminal, else a plain line each second. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream
  #lastSecond = 0

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  show(progress: Progress): void {
    if (this.#out.isTTY) this.#out.write(`\r\u001b[K${bar(progress, this.#out.columns)}`)
    else if (Math.floor(progress.seconds) > this.#lastSecond) {
      this.#lastSecond = Math.floor(progress.seconds)
      this.#out.write(`${counts(progress)}\n`)
    }
  }

  /** Leaves the last state standing, on a line of its own. */
  end(progress: Progress): void {
    this.#out.write(this.#out.isTTY ? `\r\u001b[K${bar(progress, this.#out.columns)}\n` : `${counts(progress)}\n`)
  }
}

function counts({ completed, dispatched, failed, retrying, seconds }: Progress): string {
  const rate = seconds > 0 ? Math.round((completed + failed) / seconds) : 0
  const again = retrying > 0 ? `, ${retrying} retrying` : ''
  return `${completed + failed} of ${dispatched} done, ${failed} failed${again}, ${rate} jobs/s`
}

function bar(progress: Progress, columns: number): string {
  const text = counts(progress)
  const room = Math.min(40, columns - text.length - 4)
  if (room < 8) return text.slice(0, columns - 1)
  const share = progress.dispatched === 0 ? 0 : (progress.completed + progress.failed) / progress.dispatched
  const full = Math.min(room, Math.floor(share * room))
  return `${'█'.repeat(full)}${'░'.repeat(room - full)}  ${text}`
}
