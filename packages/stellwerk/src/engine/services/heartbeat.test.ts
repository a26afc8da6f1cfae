import { expect, test, vi } from 'vitest'
import { silentLog } from '../../std/log.ts'
import { newReport } from '../../storage/conformance/workers.suite.ts'
import type { WorkerBeat } from '../../storage/worker-store.ts'
import type { StationControl } from '../station-control.ts'
import { createHeartbeat } from './heartbeat.ts'

function probe(control: Partial<StationControl> = {}) {
  const beats: WorkerBeat[] = []
  const state = { nowMs: 0, status: 'idle' as 'idle' | 'active' | 'paused', looks: 0 }
  const heartbeat = createHeartbeat({
    workers: { beat: async (beat) => void beats.push(beat) },
    ownId: () => 'station-b',
    log: silentLog,
    clock: () => state.nowMs,
    control: {
      reports: () => {
        state.looks++
        return [newReport({ status: state.status, memoryBytes: 1_000 + state.nowMs })]
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

test('it tells at once, then every two seconds, and at once again when a worker changes', async () => {
  const { beats, state, heartbeat, look } = probe()
  heartbeat.start()
  await vi.waitFor(() => expect(beats).toHaveLength(1), 20_000)
  expect(beats[0]).toMatchObject({ stationId: 'station-b', reports: [{ stationId: 'station-b', status: 'idle' }] })
  state.nowMs = 1_999
  await look()
  state.status = 'active'
  await look()
  expect(beats).toHaveLength(1)
  state.status = 'paused'
  await look()
  await vi.waitFor(() => expect(beats).toHaveLength(2), 20_000)
  state.nowMs = 4_000
  await look()
  await vi.waitFor(() => expect(beats).toHaveLength(3), 20_000)
  await heartbeat.stop()
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
