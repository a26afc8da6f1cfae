type Handler = () => void

/** Time within which the second key of a sequence has to follow. */
const SEQUENCE_MS = 1_200

const EDITABLE = 'input, textarea, select, [contenteditable="true"]'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(EDITABLE) && !target.matches('[type="checkbox"], [type="radio"]')
}

/** Single keys and sequences of two (`g o`) that do something. The one that was added last wins, so that a page can take a key over. */
export class Shortcuts {
  readonly #handlers = new Map<string, Handler[]>()
  #pending = ''
  #pendingUntil = 0

  /** Adds a key; the returned function takes it away. */
  add(keys: string, handler: Handler): () => void {
    this.#handlers.set(keys, [...(this.#handlers.get(keys) ?? []), handler])
    return () => {
      const left = (this.#handlers.get(keys) ?? []).filter((known) => known !== handler)
      this.#handlers.set(keys, left)
    }
  }

  /** Does what belongs to a key, unless somebody is typing, holds a modifier, or has a dialog open. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (isTyping(event.target)) {
      if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
      return
    }
    if (document.querySelector('dialog[open]') !== null) return
    const sequence = performance.now() < this.#pendingUntil ? `${this.#pending} ${event.key}` : event.key
    this.#pendingUntil = 0
    const handler = this.#handlers.get(sequence)?.at(-1) ?? this.#handlers.get(event.key)?.at(-1)
    if (handler !== undefined) {
      event.preventDefault()
      handler()
    } else if (this.#isStart(event.key)) {
      this.#pending = event.key
      this.#pendingUntil = performance.now() + SEQUENCE_MS
    }
  }

  #isStart(key: string): boolean {
    return [...this.#handlers].some(([keys, handlers]) => handlers.length > 0 && keys.startsWith(`${key} `))
  }
}

/** The keys of this room. */
export const shortcuts = new Shortcuts()
