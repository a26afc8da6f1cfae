import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import type { RunningStation, StationEvent, WorkOptions } from '../../src/client/work-options.ts'
import type { JobDetails } from '../../src/operations/job-details.ts'
import type { Log } from '../../src/std/log.ts'
import { type LiveDatabase, openLiveDatabase, type storeKinds } from '../faults/live-database.ts'
import * as jobs from './process-jobs.ts'

/** Module that the workers of these tests load. */
export const jobsModule = fileURLToPath(new URL('./process-jobs.ts', import.meta.url))

/** A station with worker processes, on a database of its own. */
export interface ProcessStation {
  readonly stellwerk: Stellwerk
  readonly station: RunningStation
  readonly database: LiveDatabase
  readonly events: readonly StationEvent[]
  readonly lines: readonly string[]
  /** The job once `isDone` says so. */
  until(id: number, isDone: (details: JobDetails) => boolean): Promise<JobDetails>
}

/** Starts it; all of it is gone when the test has finished. */
export async function startProcesses(
  kind: (typeof storeKinds)[number],
  options: WorkOptions = {},
): Promise<ProcessStation> {
  const database = await openLiveDatabase(kind)
  const lines: string[] = []
  const stellwerk = await openStellwerk({
    ...database.address,
    log: recordingLog(lines),
    jobs: Object.values(jobs),
  })
  onTestFinished(async () => {
    await stellwerk.close()
    await database.close()
  })
  const events: StationEvent[] = []
  const station = await stellwerk.work({
    executor: 'process',
    modules: [jobsModule],
    stateDir: join(database.folder, 'state'),
    // Nobody is to take it over: a busy machine may hold up a renewal for seconds.
    lease: 10_000,
    timeoutGrace: 200,
    ...options,
    onEvent: (event) => events.push(event),
  })
  const until = async (id: number, isDone: (details: JobDetails) => boolean): Promise<JobDetails> => {
    for (;;) {
      const details = await stellwerk.jobDetails(id)
      if (isDone(details)) return details
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { stellwerk, station, database, events, lines, until }
}

/** Whether a job has come to its end. */
export function hasEnded({ job }: JobDetails): boolean {
  return ['completed', 'failed', 'cancelled'].includes(job.state)
}

function recordingLog(lines: string[]): Log {
  const add =
    (level: string): Log['info'] =>
    (message, fields) =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`)
  return { debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') }
}
