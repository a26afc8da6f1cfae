/** The rows of a store, read by the database's own client so that a check does not trust what it checks. */
export interface StoreRows {
  /** Ids of finished_job in state completed, by id; an id that stands twice is twice in it. */
  completedIds(): Promise<readonly number[]>
  /** Ids of finished_payload, by id. */
  payloadIds(): Promise<readonly number[]>
  /** Ids of live jobs, by id. */
  liveIds(): Promise<readonly number[]>
  /** Completed rows that took more than one claim or attempt: 0 where nothing ran twice. */
  rowsClaimedAgain(): Promise<number>
  /** The database's version, and the settings that decide about durability. */
  facts(): Promise<Readonly<Record<string, string>>>
  /** Process id of a backend of the server, null where there is none. */
  serverPid(): Promise<number | null>
  close(): Promise<void>
}

/** The same questions for every database. */
export const rowQueries = {
  completedIds: `SELECT id FROM finished_job WHERE state = 'completed' ORDER BY id`,
  payloadIds: `SELECT id FROM finished_payload ORDER BY id`,
  liveIds: `SELECT id FROM job ORDER BY id`,
  rowsClaimedAgain: `SELECT count(*) AS id FROM finished_job WHERE claim_seq <> 1 OR attempt <> 1`,
} as const
