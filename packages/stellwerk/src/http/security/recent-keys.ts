/** Values by key in bounded memory: whoever was not asked for while `bound` others were is forgotten. Constant cost, however many keys pass. */
export class RecentKeys<Value> {
  readonly #bound: number
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  /** Keeps `bound` keys, and at most twice as many. */
  constructor(bound: number) {
    this.#bound = bound
  }

  /** Keys held now. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** The value of `key`, which counts as asked for now. */
  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    this.#old.delete(key)
    this.#young.set(key, value)
    if (this.#young.size < this.#bound) return
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }
}
