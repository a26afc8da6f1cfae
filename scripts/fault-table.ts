/** What a fault test printed of itself. */
export interface FaultReport {
  readonly fault: string
  readonly figures: Readonly<Record<string, unknown>>
}

/** The part of the runner's JSON results that is looked at. */
export interface RunResults {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly duration?: number | null
    }[]
  }[]
}

/** Shown in columns of their own, or of no use in a table. */
const shownElsewhere = new Set(['store', 'fired', 'elapsedMs'])

/** One line per test: which fault, on which store, how often it fired, its figures, how long it took, and whether it passed. */
export function faultTable({ testResults }: RunResults, reports: readonly FaultReport[]): string {
  const left = [...reports]
  const rows = testResults
    .toSorted((one, other) => numberOf(one.name) - numberOf(other.name))
    .flatMap(({ name, assertionResults }) => assertionResults.map((test) => rowOf(name, test, left)))
  return aligned([['fault', 'store', 'fired', 'took', 'ok', 'figures'], ...rows])
}

type TestResult = RunResults['testResults'][number]['assertionResults'][number]

/** The row of one test; takes its report away from those that are left. */
function rowOf(file: string, { fullName, status, duration }: TestResult, left: FaultReport[]): readonly string[] {
  const fault = faultOf(file, fullName)
  const store = storeOf(fullName)
  const own = status === 'passed' ? left.findIndex((report) => isOf(report, fault, store)) : -1
  const figures = own < 0 ? undefined : left.splice(own, 1)[0]?.figures
  const seconds = `${Math.round((duration ?? 0) / 1_000)} s`
  return [
    ...[fault, store ?? textOf(figures?.['store']), textOf(figures?.['fired']), seconds],
    ...[status === 'passed' ? 'ok' : status.toUpperCase(), figures === undefined ? fullName : figuresText(figures)],
  ]
}

function faultOf(file: string, fullName: string): string {
  return /\bX\d+\b/.exec(fullName)?.[0] ?? /\/(x\d+)/.exec(file)?.[1]?.toUpperCase() ?? '-'
}

function storeOf(fullName: string): string | undefined {
  return /sqlite|postgres/i.exec(fullName)?.[0]?.toLowerCase()
}

function isOf({ fault, figures }: FaultReport, wanted: string, store: string | undefined): boolean {
  return fault === wanted && (store === undefined || figures['store'] === undefined || figures['store'] === store)
}

function textOf(value: unknown): string {
  return value === undefined ? '-' : String(value)
}

function figuresText(figures: FaultReport['figures']): string {
  return Object.entries(figures)
    .filter(([name, value]) => !shownElsewhere.has(name) && value !== null)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
}

function numberOf(path: string): number {
  return Number(/\/x(\d+)/.exec(path)?.[1] ?? Number.POSITIVE_INFINITY)
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n')
}
