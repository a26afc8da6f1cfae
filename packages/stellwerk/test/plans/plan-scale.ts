/** How much lies beside what a statement is about. */
export interface PlanScale {
  readonly finished: number
  readonly waiting: number
  readonly delayed: number
  readonly failed: number
  readonly days: number
  /** How long seeding may take, ms. */
  readonly seedingMs: number
}

/** `npm run plans -- --full`. */
const full = {
  finished: 10_000_000,
  waiting: 1_000_000,
  delayed: 1_000_000,
  failed: 1_000_000,
  days: 30,
  seedingMs: 7_200_000,
}

/** `npm test`: the planner knows from its statistics that the tables are large, so the shapes are the same. */
const small = { finished: 20_000, waiting: 20_000, delayed: 20_000, failed: 20_000, days: 30, seedingMs: 120_000 }

/** What `STELLWERK_PLANS` asks for: `full`, else what a test run has the time for. */
export const planScale: PlanScale = process.env['STELLWERK_PLANS'] === 'full' ? full : small
