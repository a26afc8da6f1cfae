import { expect, test, vi } from 'vitest'
import { silentLog } from '../../std/log.ts'
import { newReport } from '../../storage/conformance/workers.suite.ts'
import type { WorkerBeat } from '../../storage/worker-store.ts'
import { FailureLog } from '../failure-log.ts'
import type { StationControl } from '../station-control.ts'
import { createHeartbeat } from './heartbeat.ts'

function probe(control: Partial<StationControl> = {}) {
  const beats: WorkerBeat[] = []
  const state = { nowMs: 0, status: 'idle' as 'idle' | 'active' | 'paused', jobsDone: 0, looks: 0 }
  const heartbeat = createHeartbeat({
    workers: { beat: async (beat) => void beats.push(beat) },
    ownId: () => 'station-b',
    failures: new FailureLog(silentLog),
    clock: () => state.nowMs,
    control: {
      reports: () => {
        state.looks++
        return [
          newReport({
            status: state.status,
            runningCount: state.status === 'active' ? 1 : 0,
            jobsDone: state.jobsDone,
            memoryBytes: 1_000 + state.nowMs,
          }),
        ]
      },
      pools: () => [],
      apply: () => Promise.reject(new Error('no order is given here')),
      ...control,
    },
  })
  const look = async (): Promise<void> => {
    const before = state.looks
    heartbeat.nudge()
    await vi.waitFor(() => expect(state.looks).toBeGreaterThan(before), 20_000)
  }
  return { beats, state, heartbeat, look }
}

/** Moves the clock, lets it look, and says how many heartbeats there were then. */
async function beatsAt({ beats, state, look }: ReturnType<typeof probe>, nowMs: number): Promise<number> {
  state.nowMs = nowMs
  await look()
  // A look that follows begins when the one before has told.
  await look()
  return beats.length
}

test('it tells at once, then every two seconds where a worker works, and every four where all rest', async () => {
  const probed = probe()
  const { beats, state, heartbeat } = probed
  heartbeat.start()
  await vi.waitFor(() => expect(beats).toHaveLength(1), 20_000)
  expect(beats[0]).toMatchObject({ stationId: 'station-b', reports: [{ stationId: 'station-b', status: 'idle' }] })
  expect(await beatsAt(probed, 3_999)).toBe(1)
  expect(await beatsAt(probed, 4_000)).toBe(2)
  state.status = 'active'
  expect(await beatsAt(probed, 5_999)).toBe(2)
  expect(await beatsAt(probed, 6_000)).toBe(3)
  expect(await beatsAt(probed, 7_999)).toBe(3)
  expect(await beatsAt(probed, 8_000)).toBe(4)
  state.status = 'idle'
  expect(await beatsAt(probed, 10_000)).toBe(5)
  expect(await beatsAt(probed, 13_999)).toBe(5)
  await heartbeat.stop()
})

test('a job that came and went between two looks is told within two seconds', async () => {
  const probed = probe()
  probed.heartbeat.start()
  await vi.waitFor(() => expect(probed.beats).toHaveLength(1), 20_000)
  probed.state.jobsDone = 1
  expect(await beatsAt(probed, 1_999)).toBe(1)
  expect(await beatsAt(probed, 2_000)).toBe(2)
  expect(probed.beats[1]?.reports).toMatchObject([{ jobsDone: 1 }])
  await probed.heartbeat.stop()
})

test('a worker that does something else is told at once', async () => {
  const probed = probe()
  probed.heartbeat.start()
  await vi.waitFor(() => expect(probed.beats).toHaveLength(1), 20_000)
  probed.state.status = 'paused'
  expect(await beatsAt(probed, 1)).toBe(2)
  await probed.heartbeat.stop()
})

test('it remembers the memory of five minutes, one value every ten seconds', async () => {
  const { beats, state, heartbeat } = probe()
  heartbeat.start()
  for (let beat = 1; beat <= 40; beat++) {
    await vi.waitFor(() => expect(beats).toHaveLength(beat), { timeout: 20_000, interval: 1 })
    state.nowMs = beat * 10_000
    heartbeat.nudge()
  }
  await heartbeat.stop()
  const history = beats[39]?.reports[0]?.memoryHistory ?? []
  expect(history).toHaveLength(30)
  expect(history.at(-1)).toBe(1_000 + 390_000)
})
