import type { ClaimedJob } from '../../../src/storage/claim-store.ts'
import { newJob } from '../../../src/storage/conformance/sample-records.ts'
import type { OpenedStore } from '../../../src/storage/conformance/store-harness.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'
import { SimStation } from './sim-station.ts'
import { type SimPeer, type SimSurroundings, simLeaseMs } from './sim-surroundings.ts'

const minuteMs = 60_000

/** What a simulated day had in it. */
export interface SimReport {
  readonly dispatched: number
  readonly starts: number
  readonly kills: number
  readonly freezes: number
  readonly outages: number
  readonly lostAnswers: number
  readonly jumps: number
  readonly rescues: number
  readonly refused: number
}

/** Stations, a dispatcher, faults, and one real store on virtual time. Everything follows from the numbers of `random`. */
export class SimWorld implements SimSurroundings {
  readonly opened: OpenedStore
  readonly #random: () => number
  readonly #stationOf = new Map<string, SimPeer>()
  readonly #stations: SimStation[] = []
  readonly #starts = new Set<string>()
  readonly #accepted = new Map<number, number>()
  readonly #keys: string[] = []
  readonly #counts = { dispatched: 0, kills: 0, freezes: 0, outages: 0, lostAnswers: 0, jumps: 0, refused: 0 }
  #awayUntilMs = 0
  #backSinceMs = 0
  #lossyUntilMs = 0
  #isCalm = false
  #ids = 0
  #rescues = 0
  nowMs = 0

  constructor(opened: OpenedStore, random: () => number) {
    this.opened = opened
    this.#random = random
  }

  get report(): SimReport {
    return { ...this.#counts, starts: this.#starts.size, rescues: this.#rescues }
  }

  newId(): string {
    return `sim-${++this.#ids}`
  }

  /** `hours` of faults, then quiet until every job has come to its end. @throws what breaks an invariant */
  async run(hours: number): Promise<void> {
    while (this.nowMs < hours * 60 * minuteMs) await this.#step()
    this.#isCalm = true
    this.#awayUntilMs = 0
    this.#lossyUntilMs = 0
    for (let steps = 0; steps < 2_000 && (await this.#live()) > 0; steps++) await this.#step()
    if ((await this.#live()) > 0) throw new Error('not every job comes to its end')
  }

  /** A call, unless the store is away; undefined where the answer is not known. */
  async reach<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (this.nowMs < this.#awayUntilMs) return undefined
    if (this.nowMs >= this.#lossyUntilMs || this.#random() > 0.3) return await call()
    this.#counts.lostAnswers++
    if (this.#random() < 0.7) await call()
    return undefined
  }

  /** Whether a station has run, and could reach the store, for a whole lease. */
  livesInContact(id: string): boolean {
    const station = this.#stations.find((each) => each.id === id)
    if (station === undefined || station.isKilled || station.frozenUntilMs !== null) return false
    if (this.nowMs < this.#lossyUntilMs + simLeaseMs || this.nowMs < this.#awayUntilMs) return false
    return this.nowMs - Math.max(station.livesSinceMs, this.#backSinceMs) >= simLeaseMs
  }

  noteIdentity(id: string, station: SimPeer): void {
    this.#stationOf.set(id, station)
  }

  peer(id: string): SimPeer | undefined {
    return this.#stationOf.get(id)
  }

  noteRescue(): void {
    this.#rescues++
  }

  noteStart({ id, claimSeq }: ClaimedJob): void {
    const claim = `${id} ${claimSeq}`
    if (this.#starts.has(claim)) throw new Error(`I2: the claim ${claim} ran twice`)
    this.#starts.add(claim)
  }

  noteRun({ id, claimSeq }: ClaimedJob): void {
    if (!this.#starts.has(`${id} ${claimSeq}`)) throw new Error(`job ${id} ended without a start`)
  }

  noteSettled(outcomes: readonly Outcome[], refused: readonly Outcome[]): void {
    this.#counts.refused += refused.length
    for (const outcome of outcomes) {
      if (refused.includes(outcome) || (outcome.kind !== 'completed' && outcome.kind !== 'failed')) continue
      if (this.#accepted.has(outcome.id)) throw new Error(`I4: job ${outcome.id} ended for good twice`)
      this.#accepted.set(outcome.id, outcome.claimSeq)
    }
  }

  async #live(): Promise<number> {
    return Number((await this.opened.sql('SELECT count(*) AS n FROM job'))[0]?.['n'])
  }

  async #step(): Promise<void> {
    const stepMs = Math.floor((1 + this.#random() * 9) * minuteMs)
    this.nowMs += stepMs
    await this.opened.advance(stepMs)
    if (!this.#isCalm) {
      await this.#strike()
      if (this.#random() < 0.3) await this.#dispatch()
    }
    const lost = this.#stations.findIndex(({ isKilled }) => isKilled)
    if (lost >= 0) this.#stations.splice(lost, 1)
    while (this.#stations.length < 3) this.#stations.push(new SimStation(this))
    for (const station of this.#stations) await station.step()
  }

  async #strike(): Promise<void> {
    const what = this.#random()
    const station = this.#stations[Math.floor(this.#random() * this.#stations.length)]
    const lengthMs = Math.floor((0.3 + this.#random() * 2.7) * simLeaseMs)
    if (station !== undefined && what < 0.02) {
      station.isKilled = true
      this.#counts.kills++
    } else if (station !== undefined && what < 0.04) {
      station.frozenUntilMs = this.nowMs + lengthMs
      this.#counts.freezes++
    } else if (what < 0.05) {
      this.#awayUntilMs = this.nowMs + lengthMs
      this.#backSinceMs = this.#awayUntilMs
      this.#counts.outages++
    } else if (what < 0.07) {
      this.#lossyUntilMs = this.nowMs + lengthMs
      this.#counts.lostAnswers++
    } else if (what < 0.075) {
      await this.opened.advance(60 * minuteMs)
      this.#backSinceMs = this.nowMs
      this.#counts.jumps++
    }
  }

  /** A dispatch whose answer is lost is repeated with its token, as a client does. */
  async #dispatch(): Promise<void> {
    const count = 1 + Math.floor(this.#random() * 5)
    const jobs = Array.from({ length: count }, () => {
      const key = `key-${this.#keys.length}`
      this.#keys.push(key)
      const kind = this.#random()
      const ms = Math.floor(this.#random() * 20 * minuteMs)
      const payload = JSON.stringify({ key, ms, failures: kind < 0.1 ? 1 : kind < 0.15 ? 3 : 0 })
      return newJob({ payload, tries: 3, maxCrashes: 1_000, delayMs: kind > 0.8 ? 3 * 60 * minuteMs : 0 })
    })
    const group = { token: `token-${this.#keys.length}`, jobs }
    for (let tried = 0; tried < 3; tried++)
      if ((await this.reach(() => this.opened.store.dispatch.insertJobs(group))) !== undefined) {
        this.#counts.dispatched += count
        return
      }
  }
}
