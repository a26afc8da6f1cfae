import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { sharedClockMs } from '../../../src/std/shared-clock.ts'
import { sleep } from '../../../src/std/sleep.ts'
import { newStation } from '../../temporary-store.ts'
import { checkHistory } from '../checker/check-history.ts'
import type { HistoryReport } from '../checker/history.ts'
import type { HistoryEvent } from '../checker/history-event.ts'
import { isWriterStopped, type LiveDatabase, openLiveDatabase, type storeKinds } from '../live-database.ts'
import { liveJobs } from '../storm/conduct-storm.ts'
import { newStormJob } from '../storm/new-storm-job.ts'
import { stormJob } from '../storm/storm-jobs.ts'
import { StormProcess } from '../storm/storm-process.ts'
import type { VictimFault, VictimSetup } from './victim-setup.ts'

const leaseMs = 1_000
const limitMs = 30_000

/** One fault at one point. */
export interface PointCase {
  readonly kind: (typeof storeKinds)[number]
  readonly point: string
  readonly fault: VictimFault
}

/** What came of it; `fired` is false where the process never passed the point. */
export interface PointResult {
  readonly fired: boolean
  readonly events: readonly HistoryEvent[]
  readonly history: HistoryReport
}

/** A station that died long ago, with claims: something to rescue. */
async function leaveDeadStation({ store }: LiveDatabase): Promise<void> {
  const payload = { ms: 5, failures: 0, poison: false }
  await store.dispatch.insertJobs({ token: 'left', jobs: [newStormJob(payload), newStormJob(payload)] })
  await store.stations.register(newStation({ id: 'long-dead', types: ['storm'], leaseMs: 300 }))
  const heads = await store.claims.laneHeads()
  const shares = heads.map(({ queue, type, inBatch, priority }) => ({ queue, type, inBatch, priority, limit: 2 }))
  await store.claims.claim({ stationId: 'long-dead', shares, limit: 2 })
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const startedMs = sharedClockMs()
  while (!(await condition())) {
    if (sharedClockMs() - startedMs > limitMs) throw new Error(`${what}: not within ${limitMs} ms`)
    await sleep(10)
  }
}

/** A station of this process, which takes over and finishes. */
async function startHeir(database: LiveDatabase, setup: VictimSetup) {
  const events: HistoryEvent[] = []
  const sink = openSync(setup.sinkPath, 'a')
  const job = stormJob(
    ({ id, claimSeq, phase }) => writeSync(sink, `${id} ${claimSeq} ${phase}\n`),
    (id, claimSeq) => events.push({ at: sharedClockMs(), e: 'aborted', id, claimSeq }),
  )
  const stellwerk = await openStellwerk({ ...database.address, jobs: [job] })
  const station = await stellwerk.work({
    ...{ concurrency: 4, lease: leaseMs, stateDir: setup.stateDir },
    onEvent: (event) => {
      const at = sharedClockMs()
      if (event.kind === 'claimed')
        events.push({ at, e: 'claimed', claims: event.claims.map(({ id, claimSeq }) => [id, claimSeq]) })
      else events.push({ at, e: 'station', event })
    },
  })
  events.push({ at: sharedClockMs(), e: 'ready', station: station.id })
  return { events, close: () => stellwerk.close() }
}

/** The thread that renews the lease may have been stopped while it held the lock. Nobody else could go on then, so it goes on itself. */
function isLockStopped(database: LiveDatabase, { child }: StormProcess): boolean {
  const isStopped = isWriterStopped(database, 2 * leaseMs)
  if (isStopped) child.kill('SIGCONT')
  return isStopped
}

/** When its lease has long run out, and its jobs are another's. */
async function wakeLate({ child }: StormProcess): Promise<void> {
  await sleep(2.2 * leaseMs)
  child.kill('SIGCONT')
}

/** Lets a process meet its fault, has another station finish the work, and checks all that both told. @throws what the checker finds */
export async function runPoint({ kind, point, fault }: PointCase): Promise<PointResult> {
  const database = await openLiveDatabase(kind)
  const [sinkPath, stateDir] = [join(database.folder, 'sink'), join(database.folder, 'state')]
  const setup = { address: database.address, stateDir, sinkPath, concurrency: 4, leaseMs, seed: 1, fault, point }
  let victim: StormProcess | undefined
  try {
    await leaveDeadStation(database)
    const startedMs = sharedClockMs()
    const process = new StormProcess(new URL('./victim-process.ts', import.meta.url), setup)
    victim = process
    const isHit = (): boolean => process.events.some(({ e }) => e === 'point')
    // The last points are passed while it ends.
    const isIdle = async (): Promise<boolean> => process.isReady && (await liveJobs(database)) === 0
    await until(
      async () => (fault !== 'none' && isHit()) || !process.isAlive || (await isIdle()),
      'the point is reached',
    )
    if (!isHit() || fault === 'none') process.child.stdin?.end()
    if (fault === 'none') await process.ended
    else await until(() => isHit() || !process.isAlive, 'the point is reached at the end')
    const isVoid = fault === 'stop' && isHit() && isLockStopped(database, process)
    const heir = await startHeir(database, setup)
    // Who was killed while it signed off may have done that.
    const killedAt = fault === 'kill' && isHit() && !point.startsWith('stations.retire') ? sharedClockMs() : null
    if (fault === 'stop' && isHit()) await wakeLate(process)
    // Who lives on dispatches the rest of its jobs first.
    if (fault !== 'kill') await until(() => process.isReady || !process.isAlive, 'it goes on')
    await until(async () => (await liveJobs(database)) === 0, `every job comes to its end after ${fault} at ${point}`)
    process.child.stdin?.end()
    await process.ended
    await until(async () => (await liveJobs(database)) === 0, 'what it gave back is done')
    await heir.close()
    const witnesses = [
      { events: process.events, killedAt },
      { events: heir.events, killedAt: null },
    ]
    const history = await checkHistory(database, { witnesses, sinkPath, elapsedMs: sharedClockMs() - startedMs })
    return { fired: isHit() && !isVoid, events: process.events, history }
  } finally {
    victim?.child.kill('SIGKILL')
    await victim?.ended
    await database.close()
  }
}
