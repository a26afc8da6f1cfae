import type { ProbePayload } from '../../probe-job.ts'

/** A peer that is open on an empty store of its own, migrated and connected. */
export interface Peer {
  /** Stores one job; resolves as soon as the peer says that it is stored. */
  enqueue(payload: ProbePayload): Promise<void>
  /** Stores many jobs in one call of the peer's bulk interface. */
  enqueueMany(payloads: readonly ProbePayload[]): Promise<void>
  /** Begins to run jobs, at most `concurrency` handlers at once. */
  startWorker(concurrency: number, handle: (payload: ProbePayload) => void): Promise<PeerWorker>
  /** The numbers of the jobs that wait, read from the store, in any order. */
  waitingNumbers(): Promise<readonly number[]>
  /** Whether any job waits or runs as the store sees it: false = every outcome is stored. */
  isBusy(): Promise<boolean>
  /** How many completed jobs the store keeps. */
  keptJobs(): Promise<number>
  /** Versions, and the settings that decide about durability. */
  facts(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

/** A worker of a peer in this process. */
export interface PeerWorker {
  /** Resolves when the worker has ended and its outcomes are stored. */
  stop(): Promise<void>
}

/** Opens a peer for one scenario. `callers` is how many enqueue side by side. */
export interface PeerSetting {
  readonly address: string
  readonly callers: number
  /** The run measures the start of single jobs, not throughput. */
  readonly idle: boolean
}

/** Whether the peer keeps completed jobs as it is set here, and how it is opened. */
export interface PeerKind {
  readonly keepsHistory: boolean
  open(setting: PeerSetting): Promise<Peer>
}
