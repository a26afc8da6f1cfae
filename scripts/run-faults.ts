// All fault tests at their CI figures, or with --release at those that a release is held to, and one table of what fired and what came of it.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type FaultReport, faultTable, type RunResults } from './fault-table.ts'

const args = process.argv.slice(2)
const figures = args.includes('--release') ? 'release' : 'ci'
const folderOfFaults = 'packages/stellwerk/test/faults'
const flags = args.filter((arg) => arg.startsWith('-') && arg !== '--release')
const named = args.filter((arg) => !arg.startsWith('-')).map((name) => `${folderOfFaults}/${name}`)
const folder = mkdtempSync(join(tmpdir(), 'stellwerk-faults-'))
const resultsPath = join(folder, 'results.json')
const run = spawn(
  process.execPath,
  [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'faults*', '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${resultsPath}`, ...(named.length > 0 ? named : [folderOfFaults]), ...flags],
  ],
  { stdio: ['inherit', 'pipe', 'inherit'], env: { ...process.env, STELLWERK_FAULTS: figures } },
)
const ended = new Promise<number>((resolve) => run.once('close', (code) => resolve(code ?? 1)))
const reports: FaultReport[] = []
for await (const line of createInterface({ input: run.stdout })) {
  process.stdout.write(`${line}\n`)
  const [, fault, figuresText] = /^(X\d+)[^{]*(\{.*"fired".*\})$/.exec(line) ?? []
  if (fault !== undefined && figuresText !== undefined)
    reports.push({ fault, figures: JSON.parse(figuresText) as FaultReport['figures'] })
}
const status = await ended
try {
  const results = JSON.parse(readFileSync(resultsPath, 'utf8')) as RunResults
  process.stdout.write(`\n${faultTable(results, reports)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}
process.exitCode = status
