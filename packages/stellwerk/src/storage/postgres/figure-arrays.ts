import type { MetricRow } from '../../domain/metrics/minute-metric.ts'
import { bytesArray, numberArray } from './array-literals.ts'

/** What rows of metrics hold beside their key, as arrays: count, sums and maxima, then the two sketches. */
export function figureArrays(rows: readonly MetricRow[]): readonly string[] {
  return [
    numberArray(rows.map((row) => row.count)),
    numberArray(rows.map((row) => row.waitSumMs)),
    numberArray(rows.map((row) => row.waitMaxMs)),
    numberArray(rows.map((row) => row.runSumMs)),
    numberArray(rows.map((row) => row.runMaxMs)),
    numberArray(rows.map((row) => row.cpuSumMs)),
    numberArray(rows.map((row) => row.memoryMaxBytes)),
    bytesArray(rows.map((row) => row.waitSketch)),
    bytesArray(rows.map((row) => row.runSketch)),
  ]
}
