const idKeys = new Set(['id', 'jobId', 'parentId'])
const jsonTextKeys = new Set(['payload', 'result', 'options'])

/** A record as the JSON of every command shows it: ids as strings, times (keys that end with 'At') as ISO 8601, stored JSON as its value. */
export function toJson(record: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [key, jsonValue(key, value)]),
  )
}

function jsonValue(key: string, value: unknown): unknown {
  if (typeof value === 'number' && idKeys.has(key)) return String(value)
  if (typeof value === 'number' && (key.endsWith('At') || key === 'at')) return new Date(value).toISOString()
  if (typeof value === 'string' && jsonTextKeys.has(key)) return JSON.parse(value)
  return value
}
