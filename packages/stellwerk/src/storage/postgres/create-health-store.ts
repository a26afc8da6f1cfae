import { formatDuration } from '../../std/duration.ts'
import type { HealthStore } from '../health-store.ts'
import type { StoreCheck } from '../schema-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { findSnapshotHolders, type SnapshotHolder } from './snapshot-holders.ts'

/** Where no time is known, this many transactions behind count as old. */
const manyTransactions = 100_000
/** The oldest tell enough. */
const mostTold = 5

interface Seen {
  readonly xmin: string
  readonly sinceMs: number
}

/** The role of whoever watches over the server. What has no time of its own is timed from the first look that saw it. */
export function createHealthStore(db: PostgresDatabase): HealthStore {
  let seen: ReadonlyMap<string, Seen> = new Map()

  /** A later look at the same snapshot knows how long it has been there. */
  function timed(holders: readonly SnapshotHolder[]): readonly SnapshotHolder[] {
    const nowMs = performance.now()
    const before = seen
    const now = holders.map((holder): readonly [string, Seen] => {
      const key = `${holder.kind} ${holder.name}`
      const known = before.get(key)
      return [key, known?.xmin === holder.xmin ? known : { xmin: holder.xmin, sinceMs: nowMs }]
    })
    seen = new Map(now)
    return holders.map((holder, index) => ({
      ...holder,
      ageMs: holder.ageMs ?? nowMs - (now[index]?.[1].sinceMs ?? nowMs),
    }))
  }

  return {
    check: async ({ snapshotAgeMs }) => judge(timed(await findSnapshotHolders(db)), snapshotAgeMs),
  }
}

function judge(holders: readonly SnapshotHolder[], limitMs: number): readonly StoreCheck[] {
  const byAge = holders.toSorted((a, b) => (b.ageMs ?? 0) - (a.ageMs ?? 0))
  const old = byAge.filter(
    ({ ageMs, transactions, active }) => (ageMs ?? 0) >= limitMs || !active || transactions >= manyTransactions,
  )
  if (old.length > 0) return old.slice(0, mostTold).map(told)
  const [oldest] = byAge
  const found = oldest === undefined ? 'none held' : `the oldest is ${formatDuration(Math.round(oldest.ageMs ?? 0))}`
  return [{ name: 'old snapshots', ok: true, found, remedy: null }]
}

const names = {
  session: 'old snapshot',
  prepared: 'prepared transaction',
  slot: 'replication slot',
  feedback: 'standby feedback',
} as const

function told(holder: SnapshotHolder): StoreCheck {
  const { kind, name, program, state, ageMs, transactions } = holder
  const who = kind === 'session' || kind === 'feedback' ? `pid ${name}` : `'${name}'`
  const since = [
    ...(ageMs !== null && ageMs > 0 ? [formatDuration(Math.round(ageMs))] : []),
    `${transactions} transactions`,
  ].join(', ')
  const found = `${who} (${program === '' ? 'no application_name' : program}; ${state}) has held back cleaning up for ${since}`
  return { name: names[kind], ok: false, found, remedy: remedyOf(holder) }
}

function remedyOf({ kind, name: bare }: SnapshotHolder): string {
  const name = bare.replaceAll("'", "''")
  switch (kind) {
    case 'session':
      return `End its transaction, or: SELECT pg_terminate_backend(${name})`
    case 'prepared':
      return `COMMIT PREPARED or ROLLBACK PREPARED '${name}'`
    case 'slot':
      return `Have its reader catch up, or: SELECT pg_drop_replication_slot('${name}')`
    case 'feedback':
      return 'End the long query on that standby, or set hot_standby_feedback = off there'
  }
}
