import pg from 'pg'
import { openPostgresStore } from '../../src/storage/postgres/open-postgres-store.ts'
import type { Store } from '../../src/storage/store.ts'
import type { ExecutedPlan, PlanNode } from './explained-plan.ts'

/** A store over one connection, on which the server tells how it executed each statement. */
export interface PlanRecorder {
  readonly store: Store
  /** Does the work and returns what was executed for it, in order; statements of functions of the schema included. */
  record(work: () => Promise<unknown>): Promise<readonly ExecutedPlan[]>
  close(): Promise<void>
}

/** How the server is to plan: what it holds to be best, or always one of the two. */
export type PlanMode = 'auto' | 'force_custom_plan' | 'force_generic_plan'

/** `auto_explain` of one session: every statement as a notice, with what it really did. */
const tellPlans = [
  'session_preload_libraries=auto_explain',
  'auto_explain.log_min_duration=0',
  'auto_explain.log_analyze=on',
  'auto_explain.log_timing=off',
  'auto_explain.log_buffers=on',
  'auto_explain.log_nested_statements=on',
  'auto_explain.log_format=json',
  'auto_explain.log_level=notice',
  'client_min_messages=notice',
]

/** Opens the store of a schema that is made where it is absent. `address` is a superuser's. */
export async function openPlanRecorder(
  address: string,
  schema: string,
  planMode: PlanMode = 'auto',
): Promise<PlanRecorder> {
  const url = new URL(address)
  const settings = [...tellPlans, `plan_cache_mode=${planMode}`]
  url.searchParams.set('options', settings.map((setting) => `-c ${setting}`).join(' '))
  const notices = listenToNotices()
  const store = await openPostgresStore({ address: url.href, schema, migrate: true, listen: false, poolSize: 1 })
  return {
    store,
    record: async (work) => {
      // Whatever is still under way ends before this answer, since there is one connection.
      await store.metrics.now()
      notices.messages.length = 0
      await work()
      const executed = notices.messages.flatMap((message) => toExecuted(message))
      if (executed.length === 0) throw new Error('the server told no plan: auto_explain does not work')
      return executed
    },
    close: async () => {
      await store.close()
      notices.stop()
    },
  }
}

interface Notices {
  readonly messages: string[]
  stop(): void
}

/** The pool is the driver's own; what its clients hear is taken from their class. */
function listenToNotices(): Notices {
  const messages: string[] = []
  const { emit } = pg.Client.prototype
  pg.Client.prototype.emit = function (this: pg.Client, event: string | symbol, ...args: unknown[]): boolean {
    const [notice] = args
    if (event === 'notice' && notice instanceof Object && 'message' in notice) messages.push(String(notice.message))
    return emit.call(this, event, ...args)
  }
  return {
    messages,
    stop: () => {
      pg.Client.prototype.emit = emit
    },
  }
}

function toExecuted(message: string): ExecutedPlan[] {
  const [, printed] = /^duration: [\d.]+ ms {2}plan:\n(.*)$/s.exec(message) ?? []
  if (printed === undefined) return []
  const { 'Query Text': text, Plan: plan } = JSON.parse(printed) as { 'Query Text': string; Plan: PlanNode }
  return [{ text, plan }]
}
