import { isObject, toWireForm } from './wire-form.ts'

/** A value as viewers get it. */
export interface LiveView {
  /** Time of the sample, ISO 8601. */
  readonly at: string
  /** As it was read. */
  readonly value: unknown
  /** The part whose changes are told, in the wire form. */
  readonly compared: unknown
}

/** Fields that only say how much time has passed since another one: a viewer's own clock counts them on, and they are no change by themselves. */
const clockFields: ReadonlySet<string> = new Set(['uptimeMs', 'leaseLeftMs', 'forMs'])

/** A sample as a view; its time is the value's own `at`, else what `now` says. Rejects as `now` does. */
export async function liveView(value: unknown, now: () => Promise<string>): Promise<LiveView> {
  const own = isObject(value) ? value['at'] : undefined
  const at = typeof own === 'string' ? own : await now()
  const { at: _, ...rest } = isObject(value) ? value : { rest: value }
  return { at, value, compared: toWireForm(isObject(value) ? rest : value, clockFields) }
}
