/** A kind of job of an ordinary application: its share of all, and how long it runs (log-normal). */
export interface JobKind {
  readonly queue: string
  readonly type: string
  readonly share: number
  readonly medianMs: number
  /** Spread: the standard deviation of the logarithm. */
  readonly spread: number
  /** Part of the runs that fail and are tried again. */
  readonly retryRatio: number
}

/** What the seeded history is made of; shares sum up to 1. */
export const jobKinds: readonly JobKind[] = [
  { queue: 'emails', type: 'send-email', share: 0.4, medianMs: 180, spread: 0.6, retryRatio: 0.02 },
  { queue: 'emails', type: 'send-receipt', share: 0.1, medianMs: 220, spread: 0.5, retryRatio: 0.01 },
  { queue: 'webhooks', type: 'deliver-webhook', share: 0.25, medianMs: 90, spread: 1.1, retryRatio: 0.06 },
  { queue: 'images', type: 'resize-image', share: 0.12, medianMs: 900, spread: 0.8, retryRatio: 0.005 },
  { queue: 'default', type: 'sync-contact', share: 0.08, medianMs: 400, spread: 0.9, retryRatio: 0.03 },
  { queue: 'reports', type: 'build-report', share: 0.04, medianMs: 8_000, spread: 1, retryRatio: 0.01 },
  { queue: 'imports', type: 'import-csv', share: 0.01, medianMs: 30_000, spread: 1.2, retryRatio: 0.02 },
]
