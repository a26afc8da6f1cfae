import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { exitReasons } from '../domain/worker/exit-reasons.ts'
import type { WorkerExit, WorkerReport } from '../domain/worker/worker-report.ts'
import type { ArrivedJob } from '../engine/executor.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import { Channel } from './channel.ts'
import { checkMessage } from './check-message.ts'
import { inChunks } from './in-chunks.ts'
import type { OutputChannel, ToStation, ToWorker, WorkerSetup } from './messages.ts'
import { OutputReader } from './output-reader.ts'
import { packJobs } from './pack-jobs.ts'
import { StartPace } from './start-pace.ts'

/** Bytes of payloads in one message. */
const maxPayloads = 2_097_152
/** A worker that does not take what it is sent gets nothing more. */
const maxBacklogBytes = 8_388_608
/** After its exit the pipes of a worker are waited for this long: a grandchild may hold them. */
const pipesMs = 300

/** A job in the hands of a worker. */
export interface HandedJob {
  readonly job: ClaimedJob
  readonly receivedMs: number
  readonly handedMs: number
  /** Until when the worker must have ended it by itself, counted from the hand-over; 0 = no end. */
  readonly watchMs: number
}

/** How a process ended, as the operating system told. `fault`: it was killed for what came over its channel. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly fault: string | null
}

/** What a worker's process tells its pool. */
export interface WorkerListener {
  onMessage(worker: WorkerProcess, message: ToStation): void
  onOutput(worker: WorkerProcess, channel: OutputChannel, lines: readonly string[]): void
  onExit(worker: WorkerProcess, end: ProcessEnd): void
}

/** How a worker's process is started. */
export interface WorkerProcessOptions {
  readonly module: string
  readonly setup: WorkerSetup
  readonly listener: WorkerListener
  readonly startedAt: number
  readonly restarts: number
  readonly lastExit: WorkerExit | null
  readonly replaces: WorkerProcess | null
}

/** Where a worker is in its life. */
export type WorkerPhase = 'starting' | 'ready' | 'draining' | 'gone'

type Report = Extract<ToStation, { k: 'report' }>

/** One worker process from the outside: its pipe, the jobs it holds, and what it last said of itself. */
export class WorkerProcess {
  readonly options: WorkerProcessOptions
  readonly pid: number
  readonly handed = new Map<number, HandedJob>()
  /** Outcomes that stand for claims of this worker once it is gone: whom it was killed for. */
  readonly blamed = new Map<number, Outcome>()
  readonly pace = new StartPace()
  /** `failed` hooks that it runs now. */
  hooks = 0
  phase: WorkerPhase = 'starting'
  isPaused = false
  /** It said goodbye, or was told to go: its end is nobody's fault. */
  isExpected = false
  killReason: string | null = null
  /** How whoever had its place ended. */
  lastExit: WorkerExit | null
  report: Report | undefined
  readonly #child: ChildProcess
  readonly #channel: Channel<ToWorker, ToStation>
  #fault: string | null = null

  constructor(options: WorkerProcessOptions) {
    const { module, setup, listener } = options
    this.options = options
    this.lastExit = options.lastExit
    const child = spawn(process.execPath, [...flagsOf(setup), module], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    this.#child = child
    this.pid = child.pid ?? 0
    this.#channel = new Channel<ToWorker, ToStation>(child.stdio[3] as Duplex, {
      onMessage: (message) => {
        checkMessage(message)
        listener.onMessage(this, message)
      },
      onEnd: (fault) => {
        this.#fault = fault
        if (fault !== null) this.kill(exitReasons.badMessage(fault), { isExpected: false })
      },
    })
    for (const name of ['stdout', 'stderr'] as const)
      new OutputReader(child[name], (lines) => listener.onOutput(this, name, lines))
    this.#watchExit(listener)
    this.send({ k: 'setup', setup })
  }

  get id(): string {
    return this.options.setup.workerId
  }

  /** How many jobs it would take now: its slots, and as many more as it starts within a moment. */
  get room(): number {
    if (this.phase !== 'ready' || this.isPaused || this.#channel.backlogBytes > maxBacklogBytes) return 0
    const { concurrency, limits, handsAhead } = this.options.setup
    if (this.holdsSolo) return 0
    const ahead = limits.restMs > 0 || !handsAhead ? 0 : this.pace.ahead()
    return Math.max(0, concurrency + ahead - this.handed.size)
  }

  /** Slots in which nothing runs. */
  get freeSlots(): number {
    return Math.max(0, this.options.setup.concurrency - this.handed.size)
  }

  get holdsSolo(): boolean {
    if (this.handed.size !== 1) return false
    const [only] = this.handed.values()
    return only?.job.solo === true
  }

  get status(): WorkerReport['status'] {
    if (this.phase === 'starting') return 'starting'
    if (this.phase === 'draining') return 'draining'
    if (this.phase === 'gone') return 'stopped'
    if (this.isPaused) return 'paused'
    return this.handed.size > 0 ? 'active' : 'idle'
  }

  send(message: ToWorker): void {
    this.#channel.send(message)
  }

  /** Hands jobs over; `watchOf` says how long each may stay. */
  handOver(jobs: readonly ArrivedJob[], watchOf: (job: ClaimedJob) => number): readonly HandedJob[] {
    const handedMs = monotonicMs()
    const handed = jobs.map(({ job, receivedMs }) => ({ job, receivedMs, handedMs, watchMs: watchOf(job) }))
    for (const one of handed) this.handed.set(one.job.id, one)
    const firstMs = Math.min(...jobs.map(({ receivedMs }) => receivedMs))
    const receivedMs = sharedClockMs() - (handedMs - firstMs)
    for (const chunk of inChunks(jobs, ({ job }) => job.payload.length + 300, maxPayloads))
      this.send({ k: 'jobs', jobs: packJobs(chunk, firstMs), receivedMs })
    return handed
  }

  /** The claim has ended; undefined: it is not, or no longer, this worker's. */
  takeEnded(id: number, claimSeq: number): HandedJob | undefined {
    const held = this.handed.get(id)
    if (held?.job.claimSeq !== claimSeq) return undefined
    this.handed.delete(id)
    this.pace.note()
    return held
  }

  /** Asks it to finish what runs and leave. */
  drain(): void {
    if (this.phase === 'draining' || this.phase === 'gone') return
    this.phase = 'draining'
    this.isExpected = true
    this.send({ k: 'drain' })
  }

  /** Ends its process, and those it started, at once. Expected: whoever is blamed is known, and nobody else is charged. */
  kill(reason: string, { isExpected = true }: { readonly isExpected?: boolean } = {}): void {
    this.killReason ??= reason
    if (isExpected) this.isExpected = true
    this.#killGroup()
  }

  #killGroup(): void {
    if (this.pid === 0) return
    for (const target of process.platform === 'win32' ? [this.pid] : [-this.pid, this.pid])
      try {
        process.kill(target, 'SIGKILL')
      } catch {
        // It is gone.
      }
  }

  #watchExit(listener: WorkerListener): void {
    let isTold = false
    const tell = (code: number | null, signal: string | null): void => {
      if (isTold) return
      isTold = true
      this.phase = 'gone'
      this.#channel.destroy()
      listener.onExit(this, { code, signal, fault: this.#fault })
    }
    const child = this.#child
    child.once('error', (error) => {
      this.#fault ??= error.message
      if (child.pid === undefined) tell(null, null)
    })
    child.once('exit', (code, signal) => {
      this.phase = 'gone'
      // What it started goes with it, and lets go of the pipes.
      this.#killGroup()
      setTimeout(() => tell(code, signal), pipesMs).unref()
    })
    child.once('close', (code, signal) => tell(code, signal))
  }
}

/** The heap may not grow beyond what the process may have. */
function flagsOf({ limits }: WorkerSetup): readonly string[] {
  const heap = limits.memoryBytes === null ? [] : [`--max-old-space-size=${Math.ceil(limits.memoryBytes / 1_048_576)}`]
  return ['--disable-warning=ExperimentalWarning', ...heap]
}
