import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'

/** A minute row of `station-a` with figures that differ from each other, with what a test changes. */
export function minuteRow(changes: Partial<MinuteMetric> = {}): MinuteMetric {
  return {
    minute: 1_800_000_000_000,
    stationId: 'station-a',
    queue: 'mail',
    type: 'send',
    outcome: 'completed',
    count: 1,
    waitSumMs: 12,
    waitMaxMs: 12,
    runSumMs: 34,
    runMaxMs: 34,
    cpuSumMs: 8,
    memoryMaxBytes: 2_000,
    waitSketch: Uint8Array.from([0, 1, 2, 127, 128, 255]),
    runSketch: Uint8Array.from([]),
    ...changes,
  }
}
