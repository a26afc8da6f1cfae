import { type Actor, trustedActor } from '../domain/actor.ts'
import { judgeSkew, skewLimits } from '../domain/worker/clock-skew.ts'
import { formatDuration } from '../std/duration.ts'
import { isAlive, readQueues } from './list-queues.ts'
import { measureSkew } from './measure-skew.ts'
import type { OperationDeps } from './operation-deps.ts'
import type { OverviewMemory } from './overview-memory.ts'
import { requirePermission } from './require-permission.ts'

/** What is looked at, in this order. */
export const healthCheckNames = ['store', 'metrics', 'stations', 'queues', 'clock', 'storage'] as const

/** One of {@link healthCheckNames}. */
export type HealthCheckName = (typeof healthCheckNames)[number]

/** How health is looked at. */
export interface HealthOptions {
  /** false: this check is left out. All are on where nothing is said. */
  readonly checks?: Partial<Readonly<Record<HealthCheckName, boolean>>>
  /** How long one check may take before it counts as failed, ms. Default 2 s. */
  readonly timeoutMs?: number
  /** The longest wait of a ready job that is healthy, ms. Default 15 minutes. */
  readonly longestWaitMs?: number
}

/** What one check found. skipped: switched off, or there is nothing of the kind to look at. */
export interface HealthFinding {
  readonly name: HealthCheckName
  readonly status: 'ok' | 'failed' | 'skipped'
  readonly found: string
  /** What to do about a failed one. */
  readonly remedy: string | null
  readonly tookMs: number
}

/** All checks, and the store's time (null where it did not answer). */
export interface HealthReading {
  readonly isHealthy: boolean
  readonly at: number | null
  readonly findings: readonly HealthFinding[]
}

type Verdict = Pick<HealthFinding, 'status' | 'found' | 'remedy'>
type Look = (parts: LookParts) => Promise<Verdict>

interface LookParts {
  readonly deps: OperationDeps
  readonly memory: OverviewMemory
  readonly longestWaitMs: number
}

/** Closed minutes are rolled within seconds; so long without it means that nobody does. */
const rollLagMs = 900_000
/** A queue that nobody serves may be so while stations restart. */
const stuckGraceMs = 60_000
const defaults = { timeoutMs: 2_000, longestWaitMs: 900_000 }

const ok = (found: string): Verdict => ({ status: 'ok', found, remedy: null })
const skipped = (found: string): Verdict => ({ status: 'skipped', found, remedy: null })
const failed = (found: string, remedy: string): Verdict => ({ status: 'failed', found, remedy })

const looks: Readonly<Record<HealthCheckName, Look>> = {
  store: ({ deps }) => answersOf(deps.store),
  metrics: async ({ deps }) => {
    const [oldest, now, stations] = await Promise.all([
      deps.store.pages.oldestUnrolled(),
      deps.store.metrics.now(),
      deps.store.stations.list(),
    ])
    if (oldest === null || now - oldest <= rollLagMs) return ok('figures are rolled up to now')
    if (!stations.some((station) => isAlive(station) && now - station.startedAt > rollLagMs))
      return ok('nobody works; the next station goes on with the figures')
    return failed(
      `minutes since ${new Date(oldest).toISOString()} are not rolled into hours, though stations live`,
      'look at the log of a station for what its roller says',
    )
  },
  stations: async ({ deps, memory }) => {
    const { stations, tallies } = await readQueues(deps, memory.hour)
    const alive = stations.filter(isAlive).length
    const pending = tallies.reduce((sum, { state, count }) => sum + (state === 'pending' ? count : 0), 0)
    if (alive > 0) return ok(`${alive} alive`)
    return pending === 0
      ? ok('none is alive, and nothing waits')
      : failed(`none is alive, and ${pending} jobs wait`, "start one with 'stellwerk work'")
  },
  queues: async ({ deps, memory, longestWaitMs }) => {
    const { queues, holds } = await readQueues(deps, memory.hour)
    const { maintenance } = holds
    if (maintenance !== null) return ok(`${queues.length} queues; maintenance is on, by ${maintenance.by}`)
    const served = queues.filter(({ paused }) => paused === null)
    const stuck = served.find(({ status, oldestWaitMs }) => status === 'stuck' && (oldestWaitMs ?? 0) > stuckGraceMs)
    if (stuck !== undefined)
      return failed(
        `queue '${stuck.queue}' holds ready jobs that no live station runs`,
        'start a station that serves it and has the handlers of their types',
      )
    const late = served.find(({ oldestWaitMs }) => (oldestWaitMs ?? 0) > longestWaitMs)
    if (late !== undefined)
      return failed(
        `a job on queue '${late.queue}' has waited for ${formatDuration(late.oldestWaitMs ?? 0)}`,
        'add stations or concurrency, or see what its jobs are busy with',
      )
    return ok(`${queues.length} queues, none is stuck`)
  },
  clock: async ({ deps }) => {
    const skewMs = await measureSkew(deps)
    if (skewMs === null) return skipped('the store has no other clock')
    const found = `${formatDuration(Math.abs(skewMs))} from the database's`
    return judgeSkew(skewMs) === 'alarm'
      ? failed(found, `synchronise both machines by NTP; up to ${formatDuration(skewLimits.alarmMs)} is let pass`)
      : ok(found)
  },
  storage: async ({ deps, memory }) => {
    const [first, ...others] = await memory.alarms(deps.store)
    if (first === undefined) return ok('nothing endangers the store')
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    return failed(`${first.name}: ${first.found}${more}`, first.remedy ?? "run 'stellwerk doctor'")
  },
}

/** Looks at everything that should be right, side by side, each with a time of its own. Idle is healthy. Never rejects but for a permission. @throws PERMISSION_DENIED */
export async function checkHealth(
  deps: OperationDeps,
  memory: OverviewMemory,
  options: HealthOptions = {},
): Promise<HealthReading> {
  requirePermission(deps, 'health:read')
  const { timeoutMs, longestWaitMs } = { ...defaults, ...options }
  const parts: LookParts = { deps: { ...deps, actor: looker(deps.actor) }, memory, longestWaitMs }
  const findings = await Promise.all(
    healthCheckNames.map(async (name): Promise<HealthFinding> => {
      if (options.checks?.[name] === false) return { name, ...skipped('switched off'), tookMs: 0 }
      const startedMs = performance.now()
      const verdict = await within(timeoutMs, looks[name](parts))
      return { name, ...verdict, tookMs: Math.round(performance.now() - startedMs) }
    }),
  )
  const isAnswering = findings.some(({ name, status }) => name === 'store' && status !== 'failed')
  const at = isAnswering ? await deps.store.metrics.now().catch(() => null) : null
  return { isHealthy: findings.every(({ status }) => status !== 'failed'), at, findings }
}

/** Whether the store answers within the time; what a bare probe says. Never rejects. */
export async function isReady(
  { store }: Pick<OperationDeps, 'store'>,
  timeoutMs: number = defaults.timeoutMs,
): Promise<boolean> {
  return (await within(timeoutMs, answersOf(store))).status === 'ok'
}

/** A read of the schema's version: it touches the store on both kinds. */
async function answersOf(store: OperationDeps['store']): Promise<Verdict> {
  const version = await store.schema.version()
  return version === null
    ? failed('the store holds no schema', "run 'stellwerk migrate'")
    : ok(`${store.kind} answers, schema ${version.version}`)
}

/** The checks read more than the report tells: what the report tells is what `health:read` allows, within the queues of the actor. */
function looker(actor: Actor): Actor {
  return { ...trustedActor('application', actor.name), queues: actor.queues }
}

async function within(timeoutMs: number, look: Promise<Verdict>): Promise<Verdict> {
  const { promise: late, resolve } = Promise.withResolvers<Verdict>()
  const timer = setTimeout(() => {
    resolve(
      failed(`no answer within ${formatDuration(timeoutMs)}`, 'see whether the store is reachable and not overloaded'),
    )
  }, timeoutMs)
  try {
    return await Promise.race([look, late])
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), "run 'stellwerk doctor'")
  } finally {
    clearTimeout(timer)
  }
}
