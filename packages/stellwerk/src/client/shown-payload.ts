import { redacted, redactJson } from '../domain/access/redact.ts'
import type { JobRecord } from '../domain/job/job-record.ts'
import { parseExactJson } from '../std/exact-json.ts'
import type { JobRegistry } from './job-registry.ts'

/** Payload and result as other people may see them: parsed by {@link parseExactJson}, null where there is none or none is kept. */
export interface ShownPayload {
  readonly payload: unknown
  readonly result: unknown
}

/**
 * What a face shows of a job's payload and result: the type's own `redact` first, where its definition is loaded here, then what every value loses. A `redact`
 * that throws hides the whole payload.
 */
export function shownPayload(
  registry: Pick<JobRegistry, 'find'>,
  { type, payload, result }: Pick<JobRecord, 'type' | 'payload' | 'result'>,
): ShownPayload {
  const redact = registry.find(type)?.redact ?? null
  return {
    payload:
      payload === null ? null : redactJson(redact === null ? parseExactJson(payload) : redactBy(redact, payload)),
    result: result === null ? null : redactJson(parseExactJson(result)),
  }
}

function redactBy(redact: (payload: unknown) => unknown, payload: string): unknown {
  try {
    // What is no JSON, such as a function, is left out as it would be on the wire.
    return parse(JSON.stringify(redact(parse(payload))) ?? 'null')
  } catch {
    return redacted
  }
}

function parse(text: string): unknown {
  return JSON.parse(text)
}
