/** What a value of JSON is; a bigint is a number whose digits were kept. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'word'

/** The kind of a value that came from JSON. */
export function jsonKind(value: unknown): JsonKind {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object' && value !== null) return 'object'
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'word'
}

/** What stands directly in a value, by key or position; nothing stands in a plain one. */
export function childrenOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** JSON as text, two spaces to a level; numbers keep their digits. */
export function writeJson(value: unknown, indent = ''): string {
  if (typeof value === 'bigint') return String(value)
  const inner = `${indent}  `
  const children = childrenOf(value)
  if (Array.isArray(value)) {
    return children.length === 0
      ? '[]'
      : block(
          '[]',
          children.map(([, item]) => writeJson(item, inner)),
          indent,
        )
  }
  if (jsonKind(value) !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = children.map(([key, field]) => `${JSON.stringify(key)}: ${writeJson(field, inner)}`)
  return fields.length === 0 ? '{}' : block('{}', fields, indent)
}

/** JSON as one line. */
export function writeJsonLine(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(writeJsonLine).join(',')}]`
  if (jsonKind(value) !== 'object') return JSON.stringify(value) ?? 'null'
  return `{${childrenOf(value)
    .map(([key, field]) => `${JSON.stringify(key)}:${writeJsonLine(field)}`)
    .join(',')}}`
}

function block(brackets: string, lines: readonly string[], indent: string): string {
  return `${brackets[0]}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${brackets[1]}`
}
