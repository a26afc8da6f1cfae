import type { LogLevel } from '../../std/log.ts'
import type { LogEntry } from './log-entry.ts'

/** Severity numbers of the log data model of OpenTelemetry. */
const severityNumber: Readonly<Record<LogLevel, number>> = { debug: 5, info: 9, warn: 13, error: 17 }
/** Deeper values are written as JSON. */
const deepest = 4

/** A value as OTLP writes it in JSON. */
type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValue[] } }

interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

/** Who sends: the resource, and the version of the program. */
export interface OtlpSource {
  readonly resource: Readonly<Record<string, unknown>>
  readonly version: string
}

/** The body of a POST to /v1/logs (OTLP/HTTP 1.x, JSON): one scope with one record per entry. An error stands under `exception.stacktrace`. Pure. */
export function otlpRequest(entries: readonly LogEntry[], { resource, version }: OtlpSource): object {
  return {
    resourceLogs: [
      {
        resource: { attributes: keyValues(resource) },
        scopeLogs: [{ scope: { name: 'stellwerk', version }, logRecords: entries.map(logRecord) }],
      },
    ],
  }
}

function logRecord({ at, level, message, fields }: LogEntry): object {
  const time = `${BigInt(Math.round(at)) * 1_000_000n}`
  const { error, ...rest } = fields
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: severityNumber[level],
    severityText: level.toUpperCase(),
    body: { stringValue: message },
    attributes: keyValues({ ...rest, ...(error !== undefined && { 'exception.stacktrace': error }) }),
  }
}

function keyValues(values: Readonly<Record<string, unknown>>): KeyValue[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value, 0) }],
  )
}

function anyValue(value: unknown, depth: number): AnyValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (depth >= deepest || typeof value !== 'object' || value === null)
    return { stringValue: JSON.stringify(value) ?? '' }
  if (Array.isArray(value)) return { arrayValue: { values: value.map((item) => anyValue(item, depth + 1)) } }
  return {
    kvlistValue: { values: Object.entries(value).map(([key, item]) => ({ key, value: anyValue(item, depth + 1) })) },
  }
}
