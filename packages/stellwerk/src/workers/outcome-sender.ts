import type { LiveRecords } from '../engine/executor.ts'
import type { CompletedOutcome, Outcome } from '../storage/outcome-store.ts'
import type { Channel } from './channel.ts'
import { inChunks } from './in-chunks.ts'
import type { ToStation, ToWorker } from './messages.ts'
import { packCompletions } from './pack-completions.ts'

const maxMessageBytes = 2_097_152

/** Gathers the outcomes of one turn of the loop into one message; the lines of their attempts go before them. */
export class OutcomeSender {
  readonly #channel: Channel<ToStation, ToWorker>
  readonly #takeLive: () => LiveRecords
  #completed: CompletedOutcome[] = []
  #outcomes: Outcome[] = []
  #isScheduled = false

  constructor(channel: Channel<ToStation, ToWorker>, takeLive: () => LiveRecords) {
    this.#channel = channel
    this.#takeLive = takeLive
  }

  push(outcome: Outcome): void {
    if (outcome.kind === 'completed') this.#completed.push(outcome)
    else this.#outcomes.push(outcome)
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.flush()
    })
  }

  /** A handler has completed its job by itself. */
  committed(outcome: CompletedOutcome): void {
    this.flush()
    this.#channel.send({ k: 'committed', completed: packCompletions([outcome]) })
  }

  /** Sends lines and progress of handlers that run. */
  sendLive(): void {
    const { logs, progress } = this.#takeLive()
    if (logs.length + progress.length === 0) return
    const [first = [], ...others] = inChunks(logs, ({ lines }) => lines.length, maxMessageBytes)
    this.#channel.send({ k: 'live', logs: first, progress })
    for (const chunk of others) this.#channel.send({ k: 'live', logs: chunk, progress: [] })
  }

  /** Sends what there is; the channel puts it into the frame of this turn. */
  flush(): void {
    if (this.#completed.length + this.#outcomes.length === 0) return
    this.sendLive()
    const [first = [], ...others] = inChunks(
      this.#completed,
      ({ result }) => 100 + (result?.length ?? 0),
      maxMessageBytes,
    )
    this.#channel.send({ k: 'ended', completed: packCompletions(first), outcomes: this.#outcomes })
    for (const chunk of others) this.#channel.send({ k: 'ended', completed: packCompletions(chunk), outcomes: [] })
    this.#completed = []
    this.#outcomes = []
    this.#channel.flush()
  }
}
