/** JSON as it was written: numbers keep their digits, objects keep the order and the doubles of their keys. */
export type JsonNode =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'word'; readonly text: 'true' | 'false' | 'null' }

const deepest = 200
const blank = /[ \t\n\r]*/y
// All but controls, the quote and the backslash: from the blank on, around the two.
const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y

/** The tree of a JSON text; null where it is no JSON, or deeper than 200. */
export function readJson(text: string): JsonNode | null {
  const reader = new JsonReader(text)
  const node = reader.value(0)
  return node !== null && reader.isAtEnd() ? node : null
}

/** How many values stand directly in a node. */
export function sizeOf(node: JsonNode): number {
  if (node.kind === 'object') return node.entries.length
  return node.kind === 'array' ? node.items.length : 0
}

/** The text of a tree, two spaces to a level, numbers as they were written. */
export function writeJson(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `
  if (node.kind === 'string') return JSON.stringify(node.text)
  if (node.kind === 'number' || node.kind === 'word') return node.text
  if (sizeOf(node) === 0) return node.kind === 'array' ? '[]' : '{}'
  if (node.kind === 'array') {
    return `[\n${node.items.map((item) => inner + writeJson(item, inner)).join(',\n')}\n${indent}]`
  }
  const lines = node.entries.map(([key, value]) => `${inner}${JSON.stringify(key)}: ${writeJson(value, inner)}`)
  return `{\n${lines.join(',\n')}\n${indent}}`
}

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  isAtEnd(): boolean {
    this.#take(blank)
    return this.#at === this.#text.length
  }

  value(depth: number): JsonNode | null {
    if (depth > deepest) return null
    this.#take(blank)
    const next = this.#text[this.#at]
    if (next === '{') return this.#object(depth)
    if (next === '[') return this.#array(depth)
    if (next === '"') return this.#string()
    return this.#plain()
  }

  #object(depth: number): JsonNode | null {
    const entries: (readonly [string, JsonNode])[] = []
    this.#at++
    if (this.#sign('}')) return { kind: 'object', entries }
    do {
      this.#take(blank)
      const key = this.#string()
      if (key === null || !this.#sign(':')) return null
      const value = this.value(depth + 1)
      if (value === null) return null
      entries.push([key.text, value])
    } while (this.#sign(','))
    return this.#sign('}') ? { kind: 'object', entries } : null
  }

  #array(depth: number): JsonNode | null {
    const items: JsonNode[] = []
    this.#at++
    if (this.#sign(']')) return { kind: 'array', items }
    do {
      const item = this.value(depth + 1)
      if (item === null) return null
      items.push(item)
    } while (this.#sign(','))
    return this.#sign(']') ? { kind: 'array', items } : null
  }

  #string(): { readonly kind: 'string'; readonly text: string } | null {
    const quoted = this.#take(string)
    return quoted === null ? null : { kind: 'string', text: JSON.parse(quoted) as string }
  }

  #plain(): JsonNode | null {
    const digits = this.#take(number)
    if (digits !== null) return { kind: 'number', text: digits }
    const literal = this.#take(word)
    return literal === null ? null : { kind: 'word', text: literal as 'true' | 'false' | 'null' }
  }

  #sign(expected: string): boolean {
    this.#take(blank)
    if (this.#text[this.#at] !== expected) return false
    this.#at++
    return true
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found === null) return null
    this.#at = pattern.lastIndex
    return found[0]
  }
}
