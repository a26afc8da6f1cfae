import { isObject, toWireForm } from './wire-form.ts'

/** A value as viewers get it. */
export interface LiveView {
  /** Time of the sample, ISO 8601. */
  readonly at: string
  /** The whole, in the wire form. */
  readonly value: unknown
}

/** A sample as a view; its time is the value's own `at`, else what `now` says. Rejects as `now` does. */
export async function liveView(value: unknown, now: () => Promise<string>): Promise<LiveView> {
  const own = isObject(value) ? value['at'] : undefined
  return { at: typeof own === 'string' ? own : await now(), value: toWireForm(value) }
}
