import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** How many tests ended in which way. `failed` also counts files and the run itself where they broke outside a test. */
export interface RunTotals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** One line, such as `123 passed, 0 failed, 2 skipped`; the skipped are named only where there are some. */
export function closingLine({ passed, failed, skipped }: RunTotals): string {
  const line = `${passed} passed, ${failed} failed`
  return skipped > 0 ? `${line}, ${skipped} skipped` : line
}

/** Counts a finished run. */
export function runTotals(modules: readonly TestModule[], errors: readonly SerializedError[]): RunTotals {
  const totals = { passed: 0, failed: errors.length, skipped: 0 }
  for (const module of modules) {
    totals.failed += module.errors().length
    for (const suite of module.children.allSuites()) totals.failed += suite.errors().length
    for (const { state } of [...module.children.allTests()].map((test) => test.result())) {
      if (state === 'passed') totals.passed += 1
      else if (state === 'failed') totals.failed += 1
      else totals.skipped += 1
    }
  }
  return totals
}

/** Prints the closing line after everything else, for readers that look only at the last line. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const line = closingLine(runTotals(modules, errors))
    process.once('exit', () => process.stdout.write(`${line}\n`))
  }
}
