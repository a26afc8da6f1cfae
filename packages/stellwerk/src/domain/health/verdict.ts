import { formatDuration } from '../../std/duration.ts'

/** How the whole is, best first. */
export const verdictStates = ['quiet', 'attention', 'degraded', 'down'] as const

/** One of {@link verdictStates}. */
export type VerdictState = (typeof verdictStates)[number]

/** How bad a reason is: every state but quiet. */
export type Severity = Exclude<VerdictState, 'quiet'>

/** Why a verdict is not quiet, in the order in which reasons of one severity are told. */
export const reasonCodes = [
  'store_unreachable',
  'no_station',
  'types_unserved',
  'maintenance',
  'queue_paused',
  'nothing_completes',
  'oldest_wait',
  'failure_rate',
  'store_alarm',
  'backlog_grows',
  'station_lost',
  'sampler_stale',
] as const

/** One of {@link reasonCodes}. */
export type ReasonCode = (typeof reasonCodes)[number]

/** One reason: a code with its figures, the same in English, and the page of the control room that tells more. */
export interface Reason {
  readonly code: ReasonCode
  readonly severity: Severity
  readonly params: Readonly<Record<string, string | number>>
  readonly detail: string
  readonly action: { readonly kind: 'link'; readonly to: string } | null
}

/** The state of the whole with its reasons, worst first. */
export interface Verdict {
  readonly state: VerdictState
  readonly reasons: readonly Reason[]
}

/** What is looked at; a sample of one moment. Times and lengths in ms. */
export interface VerdictFacts {
  readonly pending: number
  readonly processing: number
  readonly stationsAlive: number
  /** How long the oldest of the live stations runs; null where none lives. */
  readonly oldestStationMs: number | null
  /** Stations lost within the last minutes. */
  readonly stationsLost: readonly { readonly id: string; readonly host: string }[]
  /** Queues and types with ready jobs that no live station can run. */
  readonly unserved: readonly { readonly queue: string; readonly type: string }[]
  /** Queues that wait and may; a paused one waits because somebody wants it to. */
  readonly oldestWait: { readonly queue: string; readonly ms: number } | null
  /** Of the last 5 minutes. */
  readonly ended: number
  readonly failed: number
  /** Of the last hour; null where nothing ended. */
  readonly p95RunMs: number | null
  /** The backlog some minutes ago, null where nobody looked. */
  readonly backlogBefore: { readonly pending: number; readonly agoMs: number } | null
  /** Paused queues with waiting jobs, the most first. */
  readonly paused: readonly { readonly queue: string; readonly by: string; readonly waiting: number }[]
  /** Null: it is off. */
  readonly maintenance: { readonly by: string; readonly forMs: number } | null
  /** What the store's own health check found. */
  readonly storeAlarms: readonly { readonly name: string; readonly found: string }[]
}

/** From when on something is worth telling. */
export interface VerdictLimits {
  readonly oldestWaitMs: number
  /** 0 to 1. */
  readonly failureRatio: number
  /** Fewer runs than this say nothing about a ratio. */
  readonly leastRuns: number
  /** How long nothing may end while jobs run and others wait. */
  readonly silenceMs: number
}

/** What holds where nothing else is said. */
export const defaultVerdictLimits: VerdictLimits = {
  oldestWaitMs: 300_000,
  failureRatio: 0.05,
  leastRuns: 20,
  silenceMs: 300_000,
}

/** How many times a limit makes a reason for attention one for more. */
const farBeyond = 5

type Rule = (facts: VerdictFacts, limits: VerdictLimits) => Omit<Reason, 'code'> | null

const rules: Readonly<Partial<Record<ReasonCode, Rule>>> = {
  no_station: ({ pending, stationsAlive }) =>
    pending === 0 || stationsAlive > 0
      ? null
      : {
          severity: 'down',
          params: { pending },
          detail: `${count(pending, 'job waits', 'jobs wait')} and no station is alive; start one with 'stellwerk work'`,
          action: link('/workers'),
        },
  types_unserved: ({ unserved, stationsAlive }) => {
    const [first] = unserved
    if (first === undefined || stationsAlive === 0) return null
    return {
      severity: 'degraded',
      params: { types: unserved.length, type: first.type, queue: first.queue },
      detail: `jobs of type '${first.type}' wait on queue '${first.queue}' and no live station runs them${unserved.length > 1 ? `, and so do ${unserved.length - 1} more types` : ''}`,
      action: link(`/queues/${encodeURIComponent(first.queue)}`),
    }
  },
  maintenance: ({ maintenance, pending }) =>
    maintenance === null
      ? null
      : {
          severity: 'attention',
          params: { by: maintenance.by, forMs: maintenance.forMs, pending },
          detail: `maintenance is on since ${formatDuration(maintenance.forMs)}, by ${maintenance.by}: nothing is claimed but by workers with force`,
          action: link('/queues'),
        },
  queue_paused: ({ paused }) => {
    const [first] = paused
    if (first === undefined) return null
    const more = paused.length > 1 ? `, and so are ${paused.length - 1} more with waiting jobs` : ''
    return {
      severity: 'attention',
      params: { queue: first.queue, by: first.by, waiting: first.waiting, queues: paused.length },
      detail: `queue '${first.queue}' is paused by ${first.by} and ${count(first.waiting, 'job waits', 'jobs wait')}${more}`,
      action: link(`/queues/${encodeURIComponent(first.queue)}`),
    }
  },
  nothing_completes: (facts, { silenceMs }) => {
    const { pending, processing, stationsAlive, oldestStationMs, ended, p95RunMs, maintenance } = facts
    if (maintenance !== null) return null
    const isSilent = stationsAlive > 0 && pending > 0 && processing > 0 && ended === 0
    // Jobs that take longer than the silence end rarely by nature.
    if (!isSilent || (oldestStationMs ?? 0) < silenceMs || (p95RunMs ?? 0) > silenceMs) return null
    return {
      severity: p95RunMs === null ? 'attention' : 'degraded',
      params: { pending, processing, forMs: silenceMs },
      detail: `nothing has ended for ${formatDuration(silenceMs)}, though ${count(processing, 'job runs', 'jobs run')} and ${count(pending, 'waits', 'wait')}`,
      action: link('/jobs?state=processing'),
    }
  },
  oldest_wait: ({ oldestWait, maintenance }, { oldestWaitMs }) =>
    oldestWait === null || maintenance !== null || oldestWait.ms <= oldestWaitMs
      ? null
      : {
          severity: oldestWait.ms > oldestWaitMs * farBeyond ? 'degraded' : 'attention',
          params: { queue: oldestWait.queue, waitMs: oldestWait.ms, limitMs: oldestWaitMs },
          detail: `a job on queue '${oldestWait.queue}' has waited for ${formatDuration(oldestWait.ms)}`,
          action: link(`/queues/${encodeURIComponent(oldestWait.queue)}`),
        },
  failure_rate: ({ ended, failed }, { failureRatio, leastRuns }) => {
    if (ended < leastRuns || failed / ended <= failureRatio) return null
    const ratio = failed / ended
    return {
      severity: ratio > failureRatio * farBeyond ? 'degraded' : 'attention',
      params: { ratio, failed, ended },
      detail: `${failed} of the last ${ended} runs failed (${Math.round(ratio * 100)} %)`,
      action: link('/failed'),
    }
  },
  store_alarm: ({ storeAlarms }) => {
    const [first] = storeAlarms
    if (first === undefined) return null
    return {
      severity: 'attention',
      params: { check: first.name, found: first.found, alarms: storeAlarms.length },
      detail: `${first.name}: ${first.found}`,
      action: null,
    }
  },
  backlog_grows: ({ pending, backlogBefore }) => {
    if (backlogBefore === null || !isGrowth(backlogBefore.pending, pending)) return null
    return {
      severity: 'attention',
      params: { before: backlogBefore.pending, now: pending, overMs: backlogBefore.agoMs },
      detail: `the backlog has grown from ${backlogBefore.pending} to ${pending} within ${formatDuration(backlogBefore.agoMs)}`,
      action: link('/queues'),
    }
  },
  station_lost: ({ stationsLost }) => {
    const [first] = stationsLost
    if (first === undefined) return null
    return {
      severity: 'attention',
      params: { stations: stationsLost.length, host: first.host },
      detail: `${count(stationsLost.length, 'station was', 'stations were')} lost, on ${first.host}; the jobs go to others`,
      action: link('/workers'),
    }
  },
}

/** Half as much again, and by so many that it is no noise. */
function isGrowth(before: number, now: number): boolean {
  return now - before >= 100 && now >= before * 1.5
}

/** What the facts say, worst reason first, those of one severity in the order of {@link reasonCodes}. Pure. */
export function judge(facts: VerdictFacts, limits: VerdictLimits = defaultVerdictLimits): Verdict {
  const reasons = reasonCodes.flatMap((code) => {
    const reason = rules[code]?.(facts, limits) ?? null
    return reason === null ? [] : [{ code, ...reason }]
  })
  return toVerdict(reasons)
}

/** The verdict of whoever could not look: the store did not answer. Pure. */
export function unreachableVerdict(why: string): Verdict {
  return toVerdict([
    {
      code: 'store_unreachable',
      severity: 'down',
      params: { why },
      detail: `the store does not answer: ${why}`,
      action: null,
    },
  ])
}

/** A verdict of these reasons, put in order; quiet where there are none. Pure. */
function toVerdict(reasons: readonly Reason[]): Verdict {
  const rank = ({ severity }: Reason): number => verdictStates.indexOf(severity)
  const sorted = reasons.toSorted((one, other) => rank(other) - rank(one))
  return { state: sorted[0]?.severity ?? 'quiet', reasons: sorted }
}

function link(to: string): Reason['action'] {
  return { kind: 'link', to }
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}
