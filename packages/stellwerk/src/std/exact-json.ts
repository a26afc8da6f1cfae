/** What the engine can and the types do not say yet (ECMA-262, JSON.parse source text access). */
interface RawJson {
  rawJSON(text: string): object
  isRawJSON(value: unknown): boolean
}

const raw = JSON as typeof JSON & RawJson

/**
 * JSON.parse, but a whole number that a number of JavaScript would round stays as it is written: as an object that JSON.stringify writes with all its digits.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

/** Whether a value of {@link parseExactJson} is such a number. */
export function isExactNumber(value: unknown): boolean {
  return raw.isRawJSON(value)
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source ?? ''
  return /^-?\d+$/.test(source) && String(value) !== source ? raw.rawJSON(source) : value
}
