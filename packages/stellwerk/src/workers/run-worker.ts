import { Socket } from 'node:net'
import type { AnyJobDefinition } from '../client/job-definition.ts'
import { StellwerkError } from '../domain/errors.ts'
import { productVersion } from '../std/product-version.ts'
import type { Store } from '../storage/store.ts'
import { OutputCapture } from './capture-output.ts'
import { Channel } from './channel.ts'
import type { ToStation, ToWorker, WorkerSetup } from './messages.ts'
import { typeFactsOf } from './remote-types.ts'
import { sentError } from './station-line.ts'
import { Worker } from './worker.ts'

/** Descriptor of the pipe to the station. */
const channelDescriptor = 3

/** What only the application's wiring can do for a worker. */
export interface WorkerWiring {
  readonly loadJobs: (setup: WorkerSetup) => Promise<readonly AnyJobDefinition[]>
  readonly openStore: (setup: WorkerSetup) => Promise<Store>
}

/** The whole life of a worker process: it is told what it is, loads the user's jobs, greets its station, and works until it is told to leave or the station has gone. */
export function runWorker(wiring: WorkerWiring): void {
  const waiting: ToWorker[] = []
  let worker: Worker | undefined
  const channel = new Channel<ToStation, ToWorker>(
    new Socket({ fd: channelDescriptor, readable: true, writable: true }),
    {
      onMessage: (message) => {
        if (message.k === 'setup') void begin(message.setup)
        else if (worker === undefined) waiting.push(message)
        else worker.onMessage(message)
      },
      onEnd: () => {
        if (worker === undefined) process.exit(0)
        void worker.abandon('lease_lost')
        setTimeout(() => process.exit(0), 1_000)
      },
    },
  )
  const capture = new OutputCapture()
  passSignalsOn(channel)

  async function begin(setup: WorkerSetup): Promise<void> {
    try {
      const definitions = await wiring.loadJobs(setup)
      if (!definitions.some(({ handle }) => handle !== null)) throw noHandler(setup)
      worker = new Worker({
        setup,
        definitions,
        channel,
        capture,
        openStore: () => wiring.openStore(setup),
        exit: (code) => process.exit(code),
      })
      channel.send({ k: 'hello', version: productVersion, types: definitions.map(typeFactsOf) })
      worker.report()
      for (const message of waiting.splice(0)) worker.onMessage(message)
    } catch (error) {
      channel.send({ k: 'unfit', error: sentError(error) })
      await channel.close()
      process.exit(6)
    }
  }
}

/** A signal to this process is meant for this worker alone; its station acts on it. */
function passSignalsOn(channel: Channel<ToStation, ToWorker>): void {
  const meanings = [
    ['SIGTERM', 'stop'],
    ['SIGINT', 'stop'],
    ['SIGQUIT', 'stop'],
    ['SIGUSR2', 'restart'],
    ['SIGTSTP', 'pause'],
    ['SIGCONT', 'resume'],
  ] as const
  for (const [name, signal] of meanings) process.on(name, () => channel.send({ k: 'signal', signal }))
}

function noHandler({ jobs }: WorkerSetup): StellwerkError {
  return new StellwerkError(
    'JOBS_NOT_LOADED',
    `no job of ${jobs.join(', ')} has a handler; add 'handle' to its definition, or implement it`,
  )
}
