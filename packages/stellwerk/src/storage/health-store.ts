import type { StoreCheck } from './schema-store.ts'

/** From when on something is worth an alarm. */
export interface HealthLimits {
  /** Age of the oldest snapshot that anyone holds, ms; what older ones could still see cannot be cleaned up. PostgreSQL only. */
  readonly snapshotAgeMs: number
}

/** Role of doctor and of every station: what makes the store slower with each minute that it lasts, though nothing fails yet. */
export interface HealthStore {
  /** One line per thing, right or not; several where several are to blame. Cheap enough for every ten seconds; read-only. @throws what the store throws */
  check(limits: HealthLimits): Promise<readonly StoreCheck[]>
}
