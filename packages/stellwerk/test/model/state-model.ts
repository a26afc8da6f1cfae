import type { JobState } from '../../src/domain/job/job-state.ts'
import { isAllowed } from '../../src/domain/job/transitions.ts'
import {
  afterFailedContact,
  afterRenewal,
  type Contact,
  leaseDefaults,
  mayClaim,
  mayRescue,
  noContact,
} from '../../src/domain/worker/lease-trust.ts'

/** A job's row, and beside it what really happened to it. */
export interface ModelJob {
  readonly id: number
  state: JobState
  stationId: number | null
  attempt: number
  claimSeq: number
  failures: number
  crashes: number
  solo: boolean
  readonly truth: { starts: number; thrown: number; deathsAlone: number; completions: number }
}

interface Held {
  readonly job: ModelJob
  readonly claimSeq: number
}

/** A station's row, its process, and what it holds. `frozen` = stopped by SIGSTOP; `left` = found itself declared dead and ended. */
export interface ModelStation {
  readonly id: number
  process: 'running' | 'frozen' | 'killed' | 'left'
  /** When the process began to run, or to run again. */
  runningSince: number
  alive: boolean
  aliveUntil: number
  nextRenewalAt: number
  contact: Contact
  readonly buffer: Held[]
  readonly running: Held[]
}

/** What a claim or a rescue must not do is thrown at once; the test looks at the rest. */
export class ModelBroken extends Error {}

export const TRIES = 3
export const MAX_CRASHES = 3
const SLOTS = 4

/** Stations, jobs and one store in which everything happens at whole seconds. A pure model of RELIABILITY 1.2 and of the crash budgets. */
export class StateModel {
  now = 0
  storeUp = true
  #downSince = 0
  readonly jobs: ModelJob[] = []
  readonly stations: ModelStation[] = []

  dispatch(): void {
    if (!this.storeUp) return
    const truth = { starts: 0, thrown: 0, deathsAlone: 0, completions: 0 }
    this.jobs.push({
      id: this.jobs.length,
      state: 'pending',
      stationId: null,
      attempt: 0,
      claimSeq: 0,
      failures: 0,
      crashes: 0,
      solo: false,
      truth,
    })
  }

  /** A new process: registers, which is its first renewal. */
  join(): void {
    if (!this.storeUp) return
    const id = this.stations.length
    const station: ModelStation = {
      id,
      process: 'running',
      runningSince: this.now,
      alive: true,
      aliveUntil: 0,
      nextRenewalAt: 0,
      contact: noContact,
      buffer: [],
      running: [],
    }
    this.stations.push(station)
    this.#renew(station)
  }

  /** One second: due renewals of processes that run, and promotion. */
  tick(): void {
    this.now += 1000
    for (const station of this.stations) {
      if (station.process === 'running' && this.now >= station.nextRenewalAt) this.#renew(station)
    }
    if (this.storeUp) for (const job of this.jobs) if (job.state === 'retrying') this.#move(job, 'pending')
  }

  claim(station: ModelStation): void {
    const last = station.contact.lastRenewalStartedMs
    if (!this.#reaches(station) || last === null || !station.alive) return
    if (!mayClaim(this.now, { lastRenewalStartedMs: last, leaseMs: leaseDefaults.leaseMs }, leaseDefaults.marginMs))
      return
    const free = SLOTS - station.buffer.length - station.running.length
    for (const job of this.jobs.filter(({ state }) => state === 'pending').slice(0, free)) {
      this.#move(job, 'processing')
      job.stationId = station.id
      job.attempt++
      job.claimSeq++
      station.buffer.push({ job, claimSeq: job.claimSeq })
    }
  }

  /** Starts what is next in the buffer; a suspect only in an empty executor, and beside a suspect nothing. */
  start(station: ModelStation): void {
    const next = station.buffer[0]
    if (station.process !== 'running' || next === undefined) return
    if (station.running.length > 0 && (next.job.solo || station.running.some(({ job }) => job.solo))) return
    station.buffer.shift()
    station.running.push(next)
    next.job.truth.starts++
  }

  /** The oldest running handler returns or throws; the write counts only under its fence. */
  finish(station: ModelStation, outcome: 'completed' | 'threw'): void {
    const held = this.#reaches(station) ? station.running.shift() : undefined
    if (held === undefined) return
    const { job } = held
    if (job.state !== 'processing' || job.claimSeq !== held.claimSeq || job.stationId !== station.id) return
    job.stationId = null
    job.solo = false
    if (outcome === 'completed') job.truth.completions++
    else {
      job.truth.thrown++
      job.failures++
    }
    const failedFor = job.failures >= TRIES ? 'failed' : 'retrying'
    this.#move(job, outcome === 'completed' ? 'completed' : failedFor)
  }

  /** T7: what lies in the buffer goes back. */
  giveBack(station: ModelStation): void {
    if (!this.#reaches(station)) return
    for (const { job, claimSeq } of station.buffer.splice(0)) {
      if (job.state === 'processing' && job.claimSeq === claimSeq) this.#return(job)
    }
  }

  kill(station: ModelStation): void {
    if (station.process === 'running' || station.process === 'frozen') station.process = 'killed'
  }

  freeze(station: ModelStation): void {
    if (station.process === 'running') station.process = 'frozen'
  }

  thaw(station: ModelStation): void {
    if (station.process !== 'frozen') return
    station.process = 'running'
    station.runningSince = this.now
  }

  outage(): void {
    if (this.storeUp) this.#downSince = this.now
    this.storeUp = false
  }

  /** An outage lasts at least a lease: each process that runs notices it. */
  restore(): void {
    if (this.now - this.#downSince >= leaseDefaults.leaseMs) this.storeUp = true
  }

  /** T8 by `rescuer`, for everyone whose lease has run out. */
  sweep(rescuer: ModelStation): void {
    if (!this.#reaches(rescuer) || !rescuer.alive) return
    const contact = rescuer.contact
    if (!mayRescue(this.now, { leaseMs: leaseDefaults.leaseMs, contact, storeUpMs: null })) return
    for (const station of this.stations) if (station.alive && station.aliveUntil < this.now) this.#rescue(station)
  }

  #rescue(station: ModelStation): void {
    // A process that has only just been thawed is not told from a dead one; its own renewal will tell it.
    const lives = station.process === 'running' && this.now - station.runningSince >= leaseDefaults.renewEveryMs
    if (lives) throw new ModelBroken(`station ${station.id} lives and was rescued`)
    station.alive = false
    const [ranAlone, ...others] = station.running
    if (ranAlone !== undefined && others.length === 0 && isHeld(ranAlone, station)) ranAlone.job.truth.deathsAlone++
    const ran = new Map(station.running.map(({ job, claimSeq }) => [job.id, claimSeq]))
    for (const job of this.jobs.filter(({ state, stationId }) => state === 'processing' && stationId === station.id)) {
      if (ran.get(job.id) !== job.claimSeq) this.#return(job)
      else if (ran.size === 1) this.#crash(job)
      else {
        job.solo = true
        this.#return(job)
      }
    }
  }

  #crash(job: ModelJob): void {
    job.crashes++
    job.stationId = null
    this.#move(job, job.crashes >= MAX_CRASHES ? 'failed' : 'pending')
  }

  #return(job: ModelJob): void {
    job.attempt--
    job.stationId = null
    this.#move(job, 'pending')
  }

  /** T4. A station that was declared dead aborts its handlers and ends. */
  #renew(station: ModelStation): void {
    station.nextRenewalAt = this.now + leaseDefaults.renewEveryMs
    if (!this.storeUp) {
      station.contact = afterFailedContact(station.contact)
    } else if (station.alive) {
      station.aliveUntil = this.now + leaseDefaults.leaseMs
      station.contact = afterRenewal(station.contact, this.now, leaseDefaults.leaseMs)
    } else {
      station.process = 'left'
      station.buffer.length = 0
      station.running.length = 0
    }
  }

  #reaches(station: ModelStation): boolean {
    return station.process === 'running' && this.storeUp
  }

  #move(job: ModelJob, to: JobState): void {
    if (!isAllowed(job.state, to)) throw new ModelBroken(`job ${job.id} went from ${job.state} to ${to}`)
    job.state = to
  }
}

function isHeld({ job, claimSeq }: Held, station: ModelStation): boolean {
  return job.state === 'processing' && job.claimSeq === claimSeq && job.stationId === station.id
}
