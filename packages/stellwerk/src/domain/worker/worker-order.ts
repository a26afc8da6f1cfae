/** What a person may tell a worker, a pool, or a station. */
export const orderKinds = ['start', 'stop', 'stop_now', 'restart', 'pause', 'resume', 'scale', 'cancel_job'] as const

/** One of {@link orderKinds}. */
export type OrderKind = (typeof orderKinds)[number]

/** What has become of an order. */
export type OrderState = 'pending' | 'done' | 'refused' | 'expired'

/** An order to one station. Without pool and worker it is meant for the whole station. Unix ms. */
export interface WorkerOrder {
  readonly id: number
  readonly stationId: string
  readonly kind: OrderKind
  readonly pool: string | null
  readonly workerId: string | null
  /** scale, start: how many. */
  readonly processes: number | null
  /** cancel_job: which job, and under which claim. */
  readonly jobId: number | null
  readonly claimSeq: number | null
  readonly byKind: string
  readonly byName: string
  readonly givenAt: number
  readonly expiresAt: number
  readonly state: OrderState
  readonly answeredAt: number | null
  readonly answer: string | null
}
