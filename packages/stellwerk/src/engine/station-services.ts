import { sessionIdleMs } from '../domain/access/lifetimes.ts'
import type { Served } from '../domain/queue/fair-share.ts'
import type { Retention } from '../domain/retention/retention.ts'
import type { Log } from '../std/log.ts'
import { sleep } from '../std/sleep.ts'
import type { Store } from '../storage/store.ts'
import type { ClaimGate } from './claim-gate.ts'
import type { ClaimPace } from './claim-pace.ts'
import type { LiveRecords } from './executor.ts'
import type { FailureLog } from './failure-log.ts'
import { PeriodicService } from './periodic-service.ts'
import { createClockWatch } from './services/clock-watch.ts'
import { createGatekeeper } from './services/gatekeeper.ts'
import { createHeartbeat } from './services/heartbeat.ts'
import { createHookRunner } from './services/hook-runner.ts'
import { createLookout } from './services/lookout.ts'
import { createOrderTaker } from './services/order-taker.ts'
import { createPromoter } from './services/promoter.ts'
import { createPruner } from './services/pruner.ts'
import { createRescuer, type RescuerOptions } from './services/rescuer.ts'
import { createRoller } from './services/roller.ts'
import { createScribe } from './services/scribe.ts'
import { createWatchman } from './services/watchman.ts'
import type { StationControl } from './station-control.ts'
import type { HookDoor } from './station-runtime.ts'

/** Receipts settle an unclear commit within seconds; after this they are of no use. */
const receiptAgeMs = 3_600_000
/** Rows of dead stations are shown for a day. */
const deadStationAgeMs = 86_400_000
/** So are orders. */
const orderAgeMs = 86_400_000

/** What the services of a station need from it. */
export interface StationServiceParts {
  readonly store: Store
  readonly log: Log
  readonly failures: FailureLog
  readonly hooks: HookDoor
  readonly leaseMs: number
  readonly stateDir: string
  readonly snapshotAlarmMs: number
  readonly ownId: () => string
  readonly contact: RescuerOptions['contact']
  readonly deadLetters: RescuerOptions['deadLetters']
  readonly onSlept: () => void
  /** Jobs became ready. */
  readonly onWork: () => void
  readonly takeLive: () => LiveRecords
  /** What the station's workers do, and who takes orders for them. */
  readonly control: StationControl
  /** Every other second: how many other stations live, and the ids of those that serve the same work. */
  readonly onNeighbours: (others: number, rivals: readonly string[]) => void
  /** What it serves itself. */
  readonly runtime: Served
  readonly retention: Retention
  readonly pace: ClaimPace
  readonly gate: ClaimGate
  /** Once a second: the station looks whether it may still be trusted. */
  readonly onGuard: () => void
  /** A few times in a lease: the station looks whether it holds more than it knows. */
  readonly onStocktaking: () => void
}

/** The periodic services of a station; two of them are nudged by what it learns first. */
export interface StationServices {
  readonly all: readonly PeriodicService[]
  readonly hooks: PeriodicService
  readonly promoter: PeriodicService
}

/** Makes every periodic service of a station; none is started. */
export function createStationServices(parts: StationServiceParts): StationServices {
  const { store, log, failures, takeLive, control, ownId } = parts
  const hooks = createHookRunner({ store, hooks: parts.hooks, ownId, log, failures })
  const promoter = createPromoter({ claims: store.claims, failures, onPromoted: parts.onWork })
  const heartbeat = createHeartbeat({ workers: store.workers, control, ownId, failures })
  const others = [
    heartbeat,
    createOrderTaker({ store, control, ownId, log, failures, onDone: () => heartbeat.nudge() }),
    createGatekeeper({ store, gate: parts.gate, failures, onOpened: parts.onWork }),
    createRescuer({ ...parts, onRescued: parts.onWork }),
    createLookout({ store, failures, ownId, serves: parts.runtime, onSeen: parts.onNeighbours }),
    createScribe(store.outcomes, takeLive, failures),
    createWatchman({ store, snapshotAgeMs: parts.snapshotAlarmMs, log, failures }),
    createClockWatch(store, log, failures),
    createRoller({ rollup: store.rollup, failures }),
    createPruner({ store, keep: parts.retention, pace: parts.pace, log, failures }),
    new PeriodicService({ name: 'maintainer', intervalMs: 1_000, failures, pass: () => store.maintain() }),
    new PeriodicService({ name: 'trust-guard', intervalMs: 1_000, failures, pass: async () => parts.onGuard() }),
    new PeriodicService({
      name: 'stocktaker',
      intervalMs: parts.leaseMs / 4,
      failures,
      pass: async () => parts.onStocktaking(),
    }),
    new PeriodicService({ name: 'sweeper', intervalMs: 60_000, failures, pass: (signal) => sweep(store, signal) }),
  ]
  return { all: [hooks, promoter, ...others], hooks, promoter }
}

async function sweep(store: Store, signal: AbortSignal): Promise<void> {
  await store.stations.prune(deadStationAgeMs)
  await store.sessions.sweep(sessionIdleMs, 1_000)
  await store.workers.prune()
  await store.orders.expire()
  await store.orders.prune(orderAgeMs)
  while ((await store.dispatch.sweepReceipts(receiptAgeMs, 1_000)) === 1_000 && !signal.aborted) await sleep(20, signal)
}
