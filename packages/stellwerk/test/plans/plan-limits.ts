import { expect } from 'vitest'
import { type ExecutedPlan, figuresOf } from './explained-plan.ts'

/** What a statement may touch, whatever lies beside it. */
export interface PlanLimits {
  readonly buffers: number
  readonly rows: number
  /** It looks through the newest rows by design, and may do so from end to end where there are hardly more. */
  readonly looksThrough?: boolean
}

/** The figures of what was executed, held against its limits; `STELLWERK_PLANS` set prints them. */
export function expectWithin(name: string, executed: readonly ExecutedPlan[], limits: PlanLimits): void {
  const figures = figuresOf(executed)
  if (process.env['STELLWERK_PLANS'] !== undefined) {
    const { buffers, rowsScanned, rowsSorted } = figures
    process.stdout.write(`${name}: ${buffers} buffers, ${rowsScanned} rows read, ${rowsSorted} sorted\n`)
  }
  const { scans } = figures
  expect({ name, scans, buffers: Math.max(figures.buffers, limits.buffers) }).toEqual({
    name,
    scans,
    buffers: limits.buffers,
  })
  expect({ name, scans, rows: Math.max(figures.rowsScanned, limits.rows) }).toEqual({ name, scans, rows: limits.rows })
  if (limits.looksThrough === true) return
  expect({ name, fullScans: figures.fullScans }).toEqual({ name, fullScans: [] })
  expect({ name, scans, sorted: Math.max(figures.rowsSorted, limits.rows) }).toEqual({
    name,
    scans,
    sorted: limits.rows,
  })
}
