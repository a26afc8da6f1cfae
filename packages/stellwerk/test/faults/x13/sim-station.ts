import {
  afterFailedContact,
  afterRenewal,
  type ClockReading,
  type Contact,
  mayClaim,
  mayRescue,
  noContact,
  sleptBetween,
} from '../../../src/domain/worker/lease-trust.ts'
import { ClaimBuffer } from '../../../src/engine/claim-buffer.ts'
import type { ClaimedJob } from '../../../src/storage/claim-store.ts'
import { completedOf, failedOf, newStation, retryingOf } from '../../../src/storage/conformance/sample-records.ts'
import { claimJobs } from '../../../src/storage/conformance/store-steps.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'
import { type SimPeer, type SimSurroundings, simLeaseMs } from './sim-surroundings.ts'

const slots = 4

interface Running {
  readonly job: ClaimedJob
  readonly endsAtMs: number
}

/** A station on virtual time: the product's own rules and buffer, over a real store that is reached or not. */
export class SimStation implements SimPeer {
  readonly #world: SimSurroundings
  readonly #buffer: ClaimBuffer
  readonly #running = new Set<Running>()
  readonly #outcomes: Outcome[] = []
  #contact: Contact = noContact
  #clocks: ClockReading | undefined
  #isUnclear = false
  /** The answer to a claim was lost once: what it left behind may hide behind an outcome of an older claim, so it is looked for again and again. */
  #wasUnclear = false
  #isRepeated = false
  #nextRenewalMs = 0
  #nextSweepMs = 0
  #nextStockMs = 0
  id = ''
  /** Stopped until then, null while it runs. */
  frozenUntilMs: number | null = null
  isKilled = false
  /** When it last came back into contact and life. */
  livesSinceMs = 0

  constructor(world: SimSurroundings) {
    this.#world = world
    this.#buffer = new ClaimBuffer(() => world.nowMs)
  }

  get running(): readonly { readonly id: number; readonly claimSeq: number }[] {
    return [...this.#running].map(({ job }) => ({ id: job.id, claimSeq: job.claimSeq }))
  }

  /** Whatever is due at this moment, in the order in which a station does it. */
  async step(): Promise<void> {
    const { nowMs } = this.#world
    if (this.isKilled || (this.frozenUntilMs !== null && nowMs < this.frozenUntilMs)) return
    if (this.frozenUntilMs !== null) this.livesSinceMs = nowMs
    this.frozenUntilMs = null
    this.#endHandlers()
    if (this.id === '') await this.#enlist()
    else if (nowMs >= this.#nextRenewalMs) await this.#renew()
    if (this.id === '') return
    await this.#settle()
    await this.#sweep()
    this.#takeStock()
    await this.#claim()
  }

  async #enlist(): Promise<void> {
    const id = this.#world.newId()
    const isIn = await this.#ask(({ stations }) =>
      stations.register(newStation({ id, leaseMs: simLeaseMs })).then(() => true),
    )
    if (isIn !== true) return
    this.id = id
    this.#world.noteIdentity(id, this)
    this.#noteRenewal()
  }

  async #renew(): Promise<void> {
    const renewed = await this.#ask(({ stations }) => stations.renew(this.id, simLeaseMs))
    if (renewed === true) this.#noteRenewal()
    else if (renewed === undefined) this.#nextRenewalMs = this.#world.nowMs + simLeaseMs * 0.1
    else this.#loseAll()
  }

  #noteRenewal(): void {
    this.#contact = afterRenewal(this.#contact, this.#world.nowMs, simLeaseMs)
    this.#nextRenewalMs = this.#world.nowMs + simLeaseMs * 0.3
  }

  /** Declared dead: what ran belongs to others. */
  #loseAll(): void {
    this.#buffer.drain()
    this.#running.clear()
    this.#doubt()
    this.id = ''
  }

  #doubt(): void {
    this.#isUnclear = true
    this.#wasUnclear = true
  }

  #takeStock(): void {
    const { nowMs } = this.#world
    if (!this.#wasUnclear || nowMs < this.#nextStockMs) return
    this.#nextStockMs = nowMs + simLeaseMs / 4
    this.#isUnclear = true
  }

  #endHandlers(): void {
    for (const each of this.#running) {
      if (each.endsAtMs > this.#world.nowMs) continue
      this.#running.delete(each)
      this.#world.noteRun(each.job)
      this.#outcomes.push(this.#outcomeOf(each.job))
    }
  }

  #outcomeOf(job: ClaimedJob): Outcome {
    const { failures } = JSON.parse(job.payload) as { readonly failures: number }
    if (job.failures >= failures) return completedOf(job)
    return job.failures + 1 >= job.tries ? failedOf(job) : retryingOf(job, { delayMs: 60_000 })
  }

  async #settle(): Promise<void> {
    if (this.#outcomes.length === 0) return
    const outcomes = [...this.#outcomes]
    const isRepeated = this.#isRepeated
    const settlement = { stationId: this.id, outcomes, logs: [], isRepeated, metrics: () => [] }
    const result = await this.#ask(({ outcomes: store }) => store.settle(settlement))
    this.#isRepeated = result === undefined
    if (result === undefined) return
    this.#outcomes.splice(0, outcomes.length)
    this.#world.noteSettled(outcomes, result.refused)
  }

  async #sweep(): Promise<void> {
    const { nowMs } = this.#world
    if (nowMs < this.#nextSweepMs) return
    this.#nextSweepMs = nowMs + simLeaseMs / 5
    if (!(await this.#isSureByClock())) return
    // A server knows its true age, which is none of virtual time.
    const lapsed = await this.#ask(({ stations }) => stations.lapsed(1))
    for (const { id } of lapsed ?? []) if (id !== this.id && this.#isSure()) await this.#rescue(id)
  }

  async #rescue(id: string): Promise<void> {
    const evidence = { running: this.#world.peer(id)?.running ?? [] }
    const lives = this.#world.livesInContact(id)
    const rescue = await this.#ask(({ stations }) => stations.rescue(id, evidence, { isSure: () => this.#isSure() }))
    if (rescue?.declared !== true) return
    if (lives) throw new Error(`${id} lives, is in contact, and was rescued`)
    this.#world.noteRescue()
  }

  #isSure(): boolean {
    return mayRescue(this.#world.nowMs, { leaseMs: simLeaseMs, storeUpMs: null, contact: this.#contact })
  }

  async #isSureByClock(): Promise<boolean> {
    const wallMs = await this.#ask(({ metrics }) => metrics.now())
    if (wallMs === undefined) return false
    const now = { wallMs, monotonicMs: this.#world.nowMs }
    if (this.#clocks !== undefined && sleptBetween(this.#clocks, now) > 0)
      this.#contact = afterFailedContact(this.#contact)
    this.#clocks = now
    return this.#isSure()
  }

  async #claim(): Promise<void> {
    const { nowMs } = this.#world
    const last = this.#contact.lastRenewalStartedMs
    const free = slots - this.#running.size
    if (last === null || free <= 0) return
    if (!mayClaim(nowMs, { lastRenewalStartedMs: last, leaseMs: simLeaseMs }, simLeaseMs * 0.2)) return
    if (this.#isUnclear) {
      const kept = [...this.#buffer.ids(), ...this.running.map(({ id }) => id), ...this.#outcomes.map(({ id }) => id)]
      if ((await this.#ask(({ claims }) => claims.releaseOthers(this.id, kept))) === undefined) return
      this.#isUnclear = false
    }
    await this.#ask(({ claims }) => claims.promoteDue(100))
    const wanted = this.#buffer.wanted(free)
    const jobs = wanted === 0 ? [] : await this.#ask((store) => claimJobs(store, this.id, wanted))
    if (jobs === undefined) this.#doubt()
    else this.#buffer.add({ jobs, receivedMs: nowMs })
    this.#feed()
  }

  #feed(): void {
    const hasSolo = [...this.#running].some(({ job }) => job.solo)
    const free = hasSolo ? 0 : slots - this.#running.size
    for (const { job } of this.#buffer.take(free, this.#running.size)) {
      const { ms } = JSON.parse(job.payload) as { readonly ms: number }
      this.#running.add({ job, endsAtMs: this.#world.nowMs + ms })
      this.#world.noteStart(job)
    }
  }

  /** The answer, or undefined where it is not known whether the call was done. */
  async #ask<T>(call: (store: SimSurroundings['opened']['store']) => Promise<T>): Promise<T | undefined> {
    const answer = await this.#world.reach(() => call(this.#world.opened.store))
    if (answer === undefined) this.#contact = afterFailedContact(this.#contact)
    return answer
  }
}
