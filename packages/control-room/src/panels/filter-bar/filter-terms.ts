/** One term of a filter text: `key:a,b`, or a word without a key. */
export interface FilterTerm {
  /** Lower case; null for text that is searched for. */
  readonly key: string | null
  /** In the order written, at least one; a value may be empty, as in `queue:`. */
  readonly values: readonly string[]
}

const keyStart = /^([a-z][a-z-]*):/i
const plainText = /^[^\s",]+$/

/**
 * Reads `state:failed,retrying queue:"my queue" text` into terms, in the order written. Space is 'and', comma is 'or', quotes keep both
 * (`\"` and `\\` inside). Every text can be read: a quote without its end reaches to the end of the text.
 */
export function readTerms(text: string): readonly FilterTerm[] {
  const terms: FilterTerm[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    const { term, length } = readTerm(rest)
    terms.push(term)
    rest = rest.slice(length).trimStart()
  }
  return terms
}

/** The text of terms; {@link readTerms} reads the same terms from it. */
export function writeTerms(terms: readonly FilterTerm[]): string {
  return terms.map(({ key, values }) => (key === null ? '' : `${key}:`) + values.map(quoteOf(key)).join(',')).join(' ')
}

function quoteOf(key: string | null): (value: string) => string {
  return (value) => {
    const isPlain = plainText.test(value) && (key !== null || !keyStart.test(value))
    if (isPlain || (value === '' && key !== null)) return value
    return `"${value.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`
  }
}

interface Read<Value> {
  readonly value: Value
  readonly length: number
}

function readTerm(text: string): { readonly term: FilterTerm; readonly length: number } {
  const key = keyStart.exec(text)?.[1]
  if (key === undefined) {
    const { value, length } = readValue(text, /^[^\s]*/)
    return { term: { key: null, values: [value] }, length: Math.max(1, length) }
  }
  const values: string[] = []
  let at = key.length
  do {
    const { value, length } = readValue(text.slice(at + 1), /^[^\s,]*/)
    values.push(value)
    at += 1 + length
  } while (text[at] === ',')
  return { term: { key: key.toLowerCase(), values }, length: at }
}

function readValue(text: string, bare: RegExp): Read<string> {
  if (text.startsWith('"')) return readQuoted(text)
  const value = bare.exec(text)?.[0] ?? ''
  return { value, length: value.length }
}

function readQuoted(text: string): Read<string> {
  let value = ''
  for (let at = 1; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '"') return { value, length: at + 1 }
    if (sign === '\\') at++
    value += sign === '\\' ? (text[at] ?? '') : sign
  }
  return { value, length: text.length }
}
