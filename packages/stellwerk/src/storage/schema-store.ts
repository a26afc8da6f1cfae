/** The schema's version and the oldest program version number it lets in. */
export interface SchemaVersion {
  readonly version: number
  readonly oldestProgram: number
}

/** A step of the schema that was applied just now. */
export interface AppliedStep {
  readonly version: number
  /** What it brings, in a few words. */
  readonly name: string
}

/** One line of the start-up self-check: what was looked at, what was found, and the remedy where it is not right. */
export interface StoreCheck {
  readonly name: string
  readonly ok: boolean
  readonly found: string
  readonly remedy: string | null
}

/** Role of migrate, doctor and every opening. */
export interface SchemaStore {
  /** Null: the database holds no schema of ours. */
  version(): Promise<SchemaVersion | null>
  /** Atomic, guarded by a lock; returns the steps applied, in order. @throws SCHEMA_TOO_NEW, STORE_FOREIGN, STORE_BUSY */
  migrate(): Promise<readonly AppliedStep[]>
  /** Random 128 bits of this installation as 32 hex digits, the seed of job uuids. */
  installationId(): Promise<string>
  /** Read-only; never throws for a finding. */
  check(): Promise<readonly StoreCheck[]>
}
