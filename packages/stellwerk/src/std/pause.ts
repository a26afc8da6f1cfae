/** No timer of ours is longer: a machine that slept must notice soon. */
const longestMs = 60_000

/**
 * A sleep that its owner can cut short, again and again. A cut counts from the moment it was armed, so that none is slept through.
 * Cheaper than aborting a signal, which makes an exception with a stack each time: this is what wakes a station for every job.
 */
export class Pause {
  #timer: NodeJS.Timeout | undefined
  #resolve: (() => void) | undefined
  #isCut = false

  /** From here on a cut ends the next wait, even before it begins. */
  arm(): void {
    this.#isCut = false
  }

  /** Resolves after `ms` (a minute at most), or at a cut since `arm`. One wait at a time. */
  wait(ms: number): Promise<void> {
    if (this.#isCut || ms <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#resolve = resolve
      this.#timer = setTimeout(() => this.#end(), Math.min(ms, longestMs))
    })
  }

  /** Ends the wait under way, or the next one. */
  cut(): void {
    this.#isCut = true
    this.#end()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#resolve?.()
    this.#resolve = undefined
  }
}
