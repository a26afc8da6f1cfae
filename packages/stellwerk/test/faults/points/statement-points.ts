import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Client } from 'pg'
import type { Store } from '../../../src/storage/store.ts'

/** A moment in the life of a store call: around one of its statements, or when it has returned but nobody has been told yet. */
export interface StorePoint {
  /** Role and method, `claims.claim`; `open` while a store is opened; `notifier` for what calls have it send. */
  readonly call: string
  readonly when: 'before' | 'after' | 'returned'
  /** How the statement begins, without its values; empty for `returned`. */
  readonly statement: string
  /** Breaks the connection that the statement goes over; undefined where there is none. */
  readonly cut: (() => void) | undefined
}

/** Called at every point; what it throws is what the statement fails with. */
export type PointHook = (point: StorePoint) => void

const calls = new AsyncLocalStorage<string>()
/** What several calls owe is sent together a little later, in the context of whichever came first: it belongs to none of them. */
const owedNotice = 'SELECT count(pg_notify('
let hook: PointHook | undefined

/** How a point is called in lists and reports. */
export function pointName({ call, when, statement }: Omit<StorePoint, 'cut'>): string {
  return when === 'returned' ? `${call} returned` : `${call} ${when} "${statement}"`
}

/** From here on every statement of both drivers in this process tells `told` of itself, until what comes back is called. The product knows nothing of it. */
export function watchStatements(told: PointHook): () => void {
  patchDrivers()
  hook = told
  return () => {
    hook = undefined
  }
}

/** Runs `work` as the call of this name. */
export function asCall<T>(call: string, work: () => T): T {
  return calls.run(call, work)
}

/** The same store, whose calls are known by their names. */
export function namedStore(store: Store): Store {
  const roles = ['dispatch', 'claims', 'outcomes', 'stations', 'jobs', 'failedJobs', 'metrics'] as const
  const named = Object.fromEntries(roles.map((role) => [role, namedRole(role, store[role])]))
  return { ...store, ...named, maintain: () => asCall('maintain', () => store.maintain()) } as Store
}

type Method = (...values: readonly unknown[]) => Promise<unknown>

function namedRole(role: string, methods: object): object {
  return Object.fromEntries(
    Object.entries(methods as Readonly<Record<string, Method>>).map(([name, method]) => {
      const call = `${role}.${name}`
      const named: Method = (...values) =>
        asCall(call, async () => {
          const result = await method(...values)
          hook?.({ call, when: 'returned', statement: '', cut: undefined })
          return result
        })
      return [name, named]
    }),
  )
}

function reach(when: 'before' | 'after', text: string, cut?: () => void): void {
  const call = calls.getStore()
  if (hook === undefined || call === undefined) return
  hook({ call: text.startsWith(owedNotice) ? 'notifier' : call, when, statement: headOf(text), cut })
}

/** Enough to tell statements apart, without names of schemas and counts of rows. */
function headOf(text: string): string {
  return text
    .replaceAll(/"?(fault|test|upgrade)_[0-9a-f]+"?\.?/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 48)
}

let isPatched = false

function patchDrivers(): void {
  if (isPatched) return
  isPatched = true
  patchSqlite()
  patchPostgres()
}

function patchSqlite(): void {
  const { prepare, exec } = DatabaseSync.prototype
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string): StatementSync {
    const statement = prepare.call(this, text)
    for (const name of ['run', 'get', 'all'] as const) {
      const own = statement[name].bind(statement) as (...values: readonly unknown[]) => unknown
      const watched = (...values: readonly unknown[]): unknown => {
        reach('before', text)
        const result = own(...values)
        reach('after', text)
        return result
      }
      Object.defineProperty(statement, name, { value: watched })
    }
    return statement
  }
  DatabaseSync.prototype.exec = function (this: DatabaseSync, text: string): void {
    reach('before', text)
    exec.call(this, text)
    reach('after', text)
  }
}

type Query = (this: Client, ...values: unknown[]) => unknown

function patchPostgres(): void {
  const query = Client.prototype.query as unknown as Query
  const watched: Query = function (this: Client, ...values) {
    const [text] = values
    if (typeof text !== 'string' || typeof values.at(-1) === 'function') return query.apply(this, values)
    const { connection } = this as unknown as { readonly connection: { readonly stream: { destroy(): void } } }
    const cut = (): void => connection.stream.destroy()
    try {
      reach('before', text, cut)
    } catch (error) {
      return Promise.reject(error)
    }
    return (query.apply(this, values) as Promise<unknown>).then((result) => {
      reach('after', text, cut)
      return result
    })
  }
  Object.defineProperty(Client.prototype, 'query', { value: watched })
}
