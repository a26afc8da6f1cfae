import type { DeadLetters } from '../domain/queue/dead-letters.ts'

/** A station as it announces itself. `id` is random per start; host, pid and label only describe. */
export interface NewStation {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly label: string | null
  readonly version: string
  readonly concurrency: number
  /** Job types it has handlers for. */
  readonly types: readonly string[]
  /** Queues it serves; ['*'] = all. */
  readonly queues: readonly string[]
  readonly leaseMs: number
}

/** A station's row. alive = its lease may be renewed; dead = declared so by a rescuer or retired. */
export interface StationRecord extends Omit<NewStation, 'leaseMs'> {
  readonly state: 'alive' | 'dead'
  readonly startedAt: number
  readonly aliveUntil: number
  /** When it stopped, or was declared dead; null while it lives. */
  readonly diedAt: number | null
  /** aliveUntil - now at the time of reading; negative once the lease has run out. */
  readonly leaseLeftMs: number
}

/** Jobs a dead station is known to have had in a handler (from its running file); empty where nothing is known. */
export interface DeathEvidence {
  readonly running: readonly { readonly id: number; readonly claimSeq: number }[]
}

/** What a rescuer brings along. */
export interface RescueTerms {
  /** Asked inside the transaction: one that had to wait may come when its grounds have gone, and then touches nothing. */
  readonly isSure?: () => boolean
  /** Under which queues what fails for good is kept, as the rescuer's configuration and job types say. Not given: under its own. */
  readonly deadLetters?: DeadLetters
}

/** What a rescue moved. */
export interface Rescue {
  /** False: the station renewed meanwhile, nothing was touched. */
  readonly declared: boolean
  readonly returned: number
  /** Of these, how many run alone next. */
  readonly suspects: number
  /** Counted crashes that still have budget. */
  readonly crashed: number
  /** Out of crash budget: failed for good with kind crash. */
  readonly failed: number
}

/** How the lease thread of a driver is started: `new Worker(module, { workerData })`. */
export interface LeaseThread {
  readonly module: URL
  readonly workerData: unknown
}

/** Role of a station that lives, and of its neighbours. */
export interface StationStore {
  register(station: NewStation): Promise<void>
  /** T4. False: declared dead; abort all handlers and register under a new id. */
  renew(stationId: string, leaseMs: number): Promise<boolean>
  /** Marks a station that has stopped by itself as dead; what it still held goes back as in a rescue without evidence. Idempotent. */
  retire(stationId: string): Promise<void>
  list(): Promise<readonly StationRecord[]>
  /**
   * Ids and hosts whose lease has run out (its last millisecond is over), dead ones that still own processing rows, and owners without a row.
   * Empty while the server itself has been up for less than `leaseMs`: after an outage every live station renews first.
   */
  lapsed(leaseMs: number): Promise<readonly { readonly id: string; readonly host: string | null }[]>
  /**
   * T8, one transaction: declares the station dead (guarded by its lease), then moves its processing rows. Evidence of exactly one running job, which
   * fits its row (id and claim_seq): crashes + 1, attempt kept, failed when the budget is gone. Evidence of several: those that fit go back as suspects
   * (`solo`), attempt restored; one that fits no row counts as well, since a handler that outlived its claim may have been the killer. All others: attempt
   * restored, budgets unchanged. Whatever goes back keeps run-at and position. A station already dead, or without a row, is declared too.
   */
  rescue(stationId: string, evidence: DeathEvidence, terms?: RescueTerms): Promise<Rescue>
  /** Deletes rows of stations dead for longer than `olderThanMs`; returns how many. */
  prune(olderThanMs: number): Promise<number>
}
