import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { leaseDefaults, mayClaim, trustedUntil } from '../domain/worker/lease-trust.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import { sleep } from '../std/sleep.ts'
import type { Store } from '../storage/store.ts'
import { LeaseKeeper, type LeaseKeeperOptions } from './lease-keeper.ts'
import type { StationOptions } from './station-options.ts'
import type { StationRuntime } from './station-runtime.ts'

/** A claim is not begun in the last fifth of a lease. */
const marginShare = 0.2
const source = 'registration'

/** What an identity needs. */
export interface StationIdentityOptions extends LeaseKeeperOptions {
  readonly store: Store
  readonly version: string
  /** What its row says of it. */
  readonly serves: Pick<StationRuntime, 'types' | 'queues' | 'concurrency'>
  readonly station: Pick<StationOptions, 'label'>
}

/** Who this station is to the others: a random id per start, its row, and its lease. */
export class StationIdentity {
  readonly #options: StationIdentityOptions
  #keeper: LeaseKeeper | undefined
  #id = ''

  constructor(options: StationIdentityOptions) {
    this.#options = options
  }

  get id(): string {
    return this.#id
  }

  /** Start of the last renewal, shared monotonic clock. */
  get renewedMs(): number {
    return this.#keeper?.renewedMs ?? Number.NEGATIVE_INFINITY
  }

  /** Whether a claim may begin: the lease is renewed and has more than its margin left. */
  mayClaim(): boolean {
    const { leaseMs } = this.#options
    return mayClaim(sharedClockMs(), { lastRenewalStartedMs: this.renewedMs, leaseMs }, leaseMs * marginShare)
  }

  /** Until when handlers may run without contact, shared monotonic clock. */
  get trustedUntilMs(): number {
    const { leaseMs } = this.#options
    return trustedUntil({ lastRenewalStartedMs: this.renewedMs, leaseMs }, leaseDefaults.lostContactGraceMs)
  }

  /** Whether handlers may still run: the store may have been away for a while, but not for longer than the grace. Tells of it where not. */
  checkTrust(): boolean {
    const isTrusted = sharedClockMs() < this.trustedUntilMs
    const message = 'no contact with the store for too long: running jobs are aborted, others may run them'
    if (isTrusted) this.#options.failures.worked('trust')
    else this.#options.failures.failed({ source: 'trust', message })
    return isTrusted
  }

  /** Registers under a new id and begins to renew. */
  async enlist(): Promise<void> {
    const { store, station, leaseMs, version, serves } = this.#options
    const { types, queues, concurrency } = serves
    // 72 random bits, short: it stands in every row that the station touches.
    const id = randomBytes(9).toString('base64url')
    const registeredMs = sharedClockMs()
    const { label } = station
    await store.stations.register({
      id,
      host: hostname(),
      pid: process.pid,
      label,
      version,
      concurrency,
      types,
      queues,
      leaseMs,
    })
    this.#id = id
    this.#keeper = new LeaseKeeper(this.#options)
    this.#keeper.start(id, registeredMs)
  }

  /** Ends the lease and registers under another id, however long that takes, unless it is over. */
  async enlistAnew(isOver: () => boolean, hurry: AbortSignal): Promise<void> {
    const { failures } = this.#options
    await this.endLease()
    while (!isOver()) {
      try {
        await this.enlist()
        failures.worked(source)
        return
      } catch (error) {
        failures.failed({ source, message: 'the station could not register anew; trying again', error })
        await sleep(1_000, hurry)
      }
    }
  }

  /** Ends the renewals; the row stays until the station retires or is rescued. */
  async endLease(): Promise<void> {
    await this.#keeper?.stop()
    this.#keeper = undefined
  }

  /** Ends the renewals and signs off. Never rejects: without a word the lease runs out by itself. */
  async retire(): Promise<void> {
    await this.endLease()
    const { store, log } = this.#options
    try {
      await store.stations.retire(this.#id)
    } catch (error) {
      log.warn('the station could not sign off; its lease runs out by itself', { error })
    }
  }
}
