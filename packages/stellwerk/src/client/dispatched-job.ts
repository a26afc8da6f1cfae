import { uuidOf } from '../domain/job/job-id.ts'

/** A dispatched job: durable when you hold this; dispatched in a transaction of yours, once you have committed that. */
export interface DispatchedJob {
  readonly id: number
  /** Computed from installation and id when it is first read. */
  readonly uuid: string
}

/** The ids of a durable job. The uuid costs more than the insert of a bulk's row, so it is computed only for who reads it. */
export class DurableJob implements DispatchedJob {
  readonly id: number
  readonly #installationId: string

  constructor(id: number, installationId: string) {
    this.id = id
    this.#installationId = installationId
  }

  get uuid(): string {
    return uuidOf(this.#installationId, this.id)
  }

  toJSON(): { readonly id: string; readonly uuid: string } {
    return { id: String(this.id), uuid: this.uuid }
  }
}
