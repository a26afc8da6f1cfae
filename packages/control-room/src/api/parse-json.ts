/** A text that may hold an integer beyond what a number of JavaScript tells apart. */
const manyDigits = /\d{16}/

/** What a reviver is told beside the value. */
interface Source {
  readonly source?: string
}

/** JSON.parse, but an integer that a number would round comes as a bigint, with all of its digits. @throws SyntaxError */
export function parseJson(text: string): unknown {
  return manyDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

function keepDigits(_key: string, value: unknown, context?: Source): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source ?? ''
  return /^-?\d+$/.test(source) && String(value) !== source ? BigInt(source) : value
}
