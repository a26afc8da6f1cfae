import { join } from 'node:path'
import { sharedClockMs } from '../../../src/std/shared-clock.ts'
import { sleep } from '../../../src/std/sleep.ts'
import { cutOff, type FaultLog } from '../checker/history.ts'
import type { ProcessSetup } from '../checker/history-event.ts'
import { randomOf } from '../fault-scale.ts'
import type { LiveDatabase } from '../live-database.ts'
import { StormProcess } from './storm-process.ts'

const sparedLeases = 6

/** How hard a storm blows. */
export interface StormPlan {
  readonly database: LiveDatabase
  readonly seed: number
  readonly stations: number
  readonly concurrency: number
  readonly leaseMs: number
  /** Ends the storm when the jobs have not come to their end by then. */
  readonly limitMs: number
  /** How the processes reach the store, where not directly. */
  readonly address?: LiveDatabase['address']
  /** Loaded into every process before all else. */
  readonly preload?: URL
  /** Beside the environment of the test, for the process with this number. */
  readonly env?: (number: number) => Readonly<Record<string, string>>
}

/** What strikes while dispatchers dispatch: `strike` resolves true when it has fired. */
export interface StormFault {
  readonly jobs: number
  readonly times: number
  readonly strike: () => Promise<boolean>
  /** Between two strikes, at most, ms. */
  readonly pauseMs?: number
}

/** Stations and dispatchers on one store, with kills at random; every station that dies is replaced. */
export class Storm {
  readonly sinkPath: string
  readonly stations: StormProcess[] = []
  readonly #plan: StormPlan
  readonly #random: () => number
  readonly #all: { readonly process: StormProcess; killedAt: number | null }[] = []
  readonly #startedMs = sharedClockMs()
  #over = false
  #feed: () => void = () => undefined

  constructor(plan: StormPlan) {
    this.#plan = plan
    this.#random = randomOf(plan.seed)
    this.sinkPath = join(plan.database.folder, 'sink')
  }

  startStations(): void {
    for (let count = 0; count < this.#plan.stations; count++) this.#startStation()
  }

  /** Waits until `condition` holds. @throws when the storm's time is over */
  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    while (!(await condition())) {
      if (sharedClockMs() - this.#startedMs > this.#plan.limitMs)
        throw new Error(`${what}: not within the time of the storm; ${this.#complaints()}`)
      await sleep(20)
    }
  }

  /** Strikes while dispatchers dispatch, until the fault has fired often enough and all jobs are dispatched. */
  async rage({ jobs, times, strike, pauseMs = 220 }: StormFault): Promise<number> {
    const dispatchers = [this.#start('dispatcher', 1), this.#start('dispatcher', 2)]
    const share = Math.ceil(jobs / (times + 1) / 2)
    this.#feed = () => {
      for (const dispatcher of dispatchers) dispatcher.say(String(share))
    }
    await this.until(() => dispatchers.every(({ isReady }) => isReady), 'dispatchers start')
    await this.until(() => this.stations.some(({ isReady }) => isReady), 'stations start')
    let asked = 0
    let fired = 0
    while (asked < jobs || fired < times) {
      // While there are strikes to come there is work for them, should that take some more jobs than planned.
      if (fired < times || asked < jobs) this.#feed()
      asked += 2 * share
      if (fired < times && (await strike())) fired++
      await sleep(this.#random() * pauseMs)
    }
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.finish()))
    return fired
  }

  /** Ends the stations in good order. */
  async calm(): Promise<FaultLog> {
    this.#over = true
    await Promise.all(this.stations.filter(({ isAlive }) => isAlive).map((station) => station.finish()))
    await Promise.all(this.#all.map(({ process }) => process.ended))
    return {
      witnesses: this.#all.map(({ process, killedAt }) => ({ events: process.events, killedAt })),
      sinkPath: this.sinkPath,
      elapsedMs: Math.round(sharedClockMs() - this.#startedMs),
    }
  }

  /** Leaves no process behind, whatever happened. */
  async abort(): Promise<void> {
    this.#over = true
    for (const { process } of this.#all) if (process.isAlive) process.child.kill('SIGKILL')
    await Promise.all(this.#all.map(({ process }) => process.ended))
  }

  /** Kills a station that has work in its hands, at a random moment of it. */
  async killOne(): Promise<boolean> {
    let looks = 0
    const isFound = (): boolean => {
      if (this.#victims().length > 0) return true
      // What was dispatched may be done before anyone could be caught at it.
      if (++looks % 10 === 0) this.#feed()
      return false
    }
    await this.until(isFound, 'a station with work to kill')
    await sleep(this.#random() * 20)
    const victims = this.#victims()
    const victim = victims[Math.floor(this.#random() * victims.length)]
    return victim?.child.kill('SIGKILL') === true
  }

  /** Stations that run jobs now. The one that lives longest is spared for some leases: where nobody lives for a lease, nobody can rescue. */
  #victims(): readonly StormProcess[] {
    const ready = this.stations.filter(({ isReady }) => isReady)
    const [eldest] = ready
    const isSpared = (station: StormProcess): boolean =>
      station === eldest && sharedClockMs() - station.startedMs < sparedLeases * this.#plan.leaseMs
    return ready.filter((station) => cutOff(station.events).length > 0 && !isSpared(station))
  }

  #startStation(): void {
    const station = this.#start('station', this.#all.length)
    this.stations.push(station)
    station.child.once('exit', (_code, signal) => {
      this.stations.splice(this.stations.indexOf(station), 1)
      const entry = this.#all.find(({ process }) => process === station)
      if (entry !== undefined && signal === 'SIGKILL') entry.killedAt = sharedClockMs()
      if (!this.#over) this.#startStation()
    })
  }

  #start(role: 'station' | 'dispatcher', number: number): StormProcess {
    const { database, concurrency, leaseMs, seed, address, preload, env } = this.#plan
    const setup: ProcessSetup = {
      address: address ?? database.address,
      stateDir: join(database.folder, 'state'),
      sinkPath: this.sinkPath,
      concurrency,
      leaseMs,
      seed: seed + number,
    }
    const process = new StormProcess(role, setup, { preload, env: env?.(number) })
    this.#all.push({ process, killedAt: null })
    return process
  }

  #complaints(): string {
    return this.#all
      .map(({ process }) => process.complaints)
      .join('')
      .slice(-2_000)
  }
}

/** How many jobs have not come to their end. */
export async function liveJobs(database: LiveDatabase): Promise<number> {
  const [row] = await database.sql('SELECT count(*) AS live FROM job')
  return Number(row?.['live'])
}
