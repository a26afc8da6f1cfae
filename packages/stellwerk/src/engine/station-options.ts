import { checkDuration, checkInteger, refuseUnknownKeys } from '../client/check-settings.ts'
import type { DurationInput } from '../client/duration-input.ts'
import type { WorkOptions } from '../client/work-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import { parsePriority } from '../domain/job/priority.ts'
import { checkDeadLetters } from '../domain/queue/dead-letters.ts'
import { checkName } from '../domain/queue/queue-name.ts'
import type { ReservedSlots } from '../domain/queue/reserved-slots.ts'
import type { Retention } from '../domain/retention/retention.ts'
import { completeReserved } from './complete-reserved.ts'
import { completeRetention } from './complete-retention.ts'
import { poolOptionNames } from './pool-settings.ts'
import { type QueueChoice, queueChoiceOf, queueNamesOf } from './queue-order.ts'

/** Work options with every default filled in; times in ms. */
export interface StationOptions
  extends Pick<Required<WorkOptions>, 'concurrency' | 'defaults' | 'stateDir' | 'ageShare' | 'batchOnly' | 'force'> {
  readonly graceMs: number
  readonly timeoutGraceMs: number
  readonly leaseMs: number
  readonly snapshotAlarmMs: number
  readonly queues: QueueChoice
  /** Dead-letter queues by queue. */
  readonly deadLetters: Readonly<Record<string, string>>
  readonly sleepMs: number
  readonly label: string | null
  readonly retention: Retention
  readonly types: readonly string[] | null
  readonly minPriority: number | null
  /** Of the station's own slots; with worker processes each pool has its own. */
  readonly reserved: ReservedSlots | null
  readonly onEvent: WorkOptions['onEvent']
}

type KindOptions = Pick<StationOptions, 'types' | 'minPriority' | 'batchOnly' | 'force'>

const known = new Set<string>([
  'grace',
  'timeoutGrace',
  'label',
  'defaults',
  'stateDir',
  'lease',
  'ageShare',
  'snapshotAlarm',
  'deadLetters',
  'retention',
  'onEvent',
  'executor',
  'modules',
  'loader',
  'pools',
  'sleep',
  ...poolOptionNames,
])

/** Checks and completes what work() was given. @throws OPTION_INVALID naming option, value and bounds */
export function completeOptions(options: WorkOptions): StationOptions {
  refuseUnknownKeys('work', options, known)
  const concurrency = checkInteger('concurrency', options.concurrency ?? 10, [1, 10_000])
  return {
    concurrency,
    reserved: reservedInline(options, concurrency),
    queues: checkQueues(queueChoiceOf(options.queues)),
    deadLetters: checkDeadLetters(options.deadLetters ?? {}),
    graceMs: checkDuration('grace', options.grace ?? 30_000),
    timeoutGraceMs: checkDuration('timeoutGrace', options.timeoutGrace ?? 10_000),
    label: options.label ?? null,
    defaults: options.defaults ?? {},
    stateDir: options.stateDir ?? process.env['STELLWERK_STATE_DIR'] ?? '.stellwerk',
    leaseMs: checkLease(options.lease ?? 10_000),
    ageShare: checkAgeShare(options.ageShare ?? 0.1),
    snapshotAlarmMs: checkDuration('snapshotAlarm', options.snapshotAlarm ?? 45_000),
    retention: completeRetention(options.retention ?? {}),
    sleepMs: checkDuration('sleep', options.sleep ?? 3_000),
    onEvent: options.onEvent,
    ...completeKind(options),
  }
}

/** Pools of worker processes have slots of their own, and say themselves what they keep. */
function reservedInline({ executor, reserved }: WorkOptions, concurrency: number): ReservedSlots | null {
  return executor === 'process' ? null : completeReserved('reserved', reserved, { concurrency, processes: 1 })
}

/** Which jobs it takes, beside its queues. */
function completeKind({ types, minPriority, batchOnly, force }: WorkOptions): KindOptions {
  return {
    types: types ?? null,
    minPriority: minPriority === undefined ? null : parsePriority(minPriority),
    batchOnly: batchOnly ?? false,
    force: force ?? false,
  }
}

function checkLease(lease: DurationInput): number {
  const leaseMs = checkDuration('lease', lease)
  if (leaseMs >= 500) return leaseMs
  throw new StellwerkError(
    'OPTION_INVALID',
    `lease: ${leaseMs} ms is too short to be renewed; give 500 ms or more, 10 s in production`,
  )
}

function checkAgeShare(ageShare: number): number {
  if (ageShare >= 0 && ageShare <= 1) return ageShare
  throw new StellwerkError('OPTION_INVALID', `ageShare: ${String(ageShare)} is not a number from 0 to 1`)
}

/** Queues as they are given. @throws OPTION_INVALID for a name or a weight that is none */
export function checkQueues(queues: QueueChoice): QueueChoice {
  const names = queueNamesOf(queues)
  if (names.length === 0)
    throw new StellwerkError('OPTION_INVALID', 'queues: the list is empty; name queues, or leave it out to serve all')
  for (const name of names) {
    if (name !== '*') checkName(name, 'queue')
  }
  if (!Array.isArray(queues)) {
    for (const [name, weight] of Object.entries(queues)) checkInteger(`queues.${name}`, weight, [1, 1_000])
  }
  return queues
}
