import type { JobRegistry } from '../../client/job-registry.ts'
import { shownPayload } from '../../client/shown-payload.ts'
import type { StationEvent } from '../../client/work-options.ts'
import type { Log, LogFields } from '../../std/log.ts'
import { wellFormed } from '../../std/well-formed.ts'
import type { ConfigurationValues } from '../configuration/settings.ts'

/** What is written of each job. */
export interface TraceRules {
  readonly traceJobs: boolean
  readonly logPayload: boolean
  readonly logPerformance: boolean
}

/** The rules as the configuration has them. */
export function traceRulesOf(values: ConfigurationValues): TraceRules {
  return {
    traceJobs: values['debugging.traceJobs'],
    logPayload: values['debugging.logPayload'],
    logPerformance: values['debugging.logPerformance'],
  }
}

type Started = Extract<StationEvent, { kind: 'started' }>
type Ended = Extract<StationEvent, { kind: 'ended' }>

/** Longest payload on a line, in bytes. */
const maxPayloadBytes = 2_048

/** Writes what a station tells of its jobs to `log`, as the rules say; null where they want nothing. */
export function traceJobs(
  rules: TraceRules,
  log: Log,
  registry: Pick<JobRegistry, 'find'>,
): ((event: StationEvent) => void) | null {
  if (!rules.traceJobs && !rules.logPayload && !rules.logPerformance) return null
  const typeOf = new Map<number, string>()
  const started = (event: Started): void => {
    typeOf.set(event.id, event.type)
    if (!rules.traceJobs && !rules.logPayload) return
    log.info('job started', { ...startFields(event), ...(rules.logPayload && { payload: payloadOf(event, registry) }) })
  }
  const ended = (event: Ended): void => {
    const type = typeOf.get(event.id)
    typeOf.delete(event.id)
    const figures = rules.logPerformance ? event.figures : null
    if (!rules.traceJobs && figures === null) return
    log.info('job ended', { job: event.id, ...(type !== undefined && { type }), ...endFields(event), ...figures })
  }
  return (event) => {
    if (event.kind === 'started') started(event)
    else if (event.kind === 'ended') ended(event)
    else if (rules.traceJobs) log.info('jobs claimed', { count: event.count, jobs: event.claims.map(({ id }) => id) })
  }
}

function startFields({ id, type, queue, attempt, claimSeq }: Started): LogFields {
  return { job: id, type, queue, attempt, claim: claimSeq }
}

function endFields({ claimSeq, outcome, runMs, message }: Ended): LogFields {
  return { claim: claimSeq, outcome, ...(runMs !== null && { runMs }), ...(message !== null && { error: message }) }
}

/** Redacted first and cut afterwards, so that no half of a secret escapes. */
function payloadOf({ type, payload }: Started, registry: Pick<JobRegistry, 'find'>): string {
  return wellFormed(JSON.stringify(shownPayload(registry, { type, payload, result: null }).payload), maxPayloadBytes)
}
