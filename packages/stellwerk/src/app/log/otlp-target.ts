import { hostname } from 'node:os'
import { productVersion } from '../../std/product-version.ts'
import type { OtlpSource } from './otlp-request.ts'

/** Where a process sends its log, and as whom. */
export interface OtlpTarget {
  /** With its path, such as `http://127.0.0.1:4318/v1/logs`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly source: OtlpSource
}

/** Where a collector listens by default. */
const defaultEndpoint = 'http://127.0.0.1:4318'

/**
 * The target by the setting, else by the variables that every OpenTelemetry program reads (OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, OTEL_EXPORTER_OTLP_ENDPOINT,
 * OTEL_EXPORTER_OTLP_[LOGS_]HEADERS, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES), as the specification of the exporter has them.
 */
export function otlpTarget(endpoint: string | null, env: Readonly<Record<string, string | undefined>>): OtlpTarget {
  const whole = endpoint === null ? env['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'] : undefined
  const start = endpoint ?? (env['OTEL_EXPORTER_OTLP_ENDPOINT'] || defaultEndpoint)
  const attributes = pairs(env['OTEL_RESOURCE_ATTRIBUTES'])
  return {
    url: whole || `${start.replace(/\/+$/, '')}/v1/logs`,
    headers: pairs(env['OTEL_EXPORTER_OTLP_LOGS_HEADERS'] || env['OTEL_EXPORTER_OTLP_HEADERS']),
    source: {
      version: productVersion,
      resource: {
        'service.name': 'stellwerk',
        'service.version': productVersion,
        'host.name': hostname(),
        'process.pid': process.pid,
        ...attributes,
        ...(env['OTEL_SERVICE_NAME'] && { 'service.name': env['OTEL_SERVICE_NAME'] }),
      },
    },
  }
}

/** `a=1,b=two%20words`, as the specification writes headers and attributes. */
function pairs(text: string | undefined): Readonly<Record<string, string>> {
  const parts = (text ?? '').split(',').filter((part) => part.includes('='))
  return Object.fromEntries(
    parts.map((part) => {
      const at = part.indexOf('=')
      return [part.slice(0, at).trim(), decoded(part.slice(at + 1).trim())]
    }),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
