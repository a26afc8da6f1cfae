const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What is removed after a time: payload, result and lines of completed and cancelled jobs; their slim rows; failed jobs; figures by tier; the audit log. */
export const retentionKinds = ['payloads', 'finished', 'failed', 'minutes', 'hours', 'days', 'audit'] as const

/** One of {@link retentionKinds}. */
export type RetentionKind = (typeof retentionKinds)[number]

/** How long each kind is kept, ms; null = until a person deletes it. */
export type Retention = Readonly<Record<RetentionKind, number | null>>

/** What holds where nothing is configured: 24 h, 30 days, for ever, 48 h, 90 days, 5 years, 400 days. */
export const defaultRetention: Retention = {
  payloads: dayMs,
  finished: 30 * dayMs,
  failed: null,
  minutes: 48 * hourMs,
  hours: 90 * dayMs,
  days: 1_826 * dayMs,
  audit: 400 * dayMs,
}

/** The retention as it can be kept: a payload never outlives the row it belongs to. Pure. */
export function keepable(retention: Retention): Retention {
  const { payloads, finished } = retention
  if (finished === null || (payloads !== null && payloads <= finished)) return retention
  return { ...retention, payloads: finished }
}
