import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { candidates } from './candidates.ts'
import { compareRuns } from './compare-runs.ts'
import { parsePeersOptions } from './peers-options.ts'
import { figuresReport } from './report.ts'
import type { Run } from './run-in-turn.ts'
import { putBetweenMarkers } from './write-benchmarks.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const document = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))

function runPeers(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const run = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 110_000, env })
  return { status: run.status, stderr: run.stderr, lines: run.stdout.trimEnd().split('\n') }
}

function run(round: number, candidate: string, figures: Readonly<Record<string, number>>): Run {
  const scenario = 'p50_ms' in figures ? 'latency' : 'drain'
  return { round, candidate, scenario, figures, broken: [], facts: {} }
}

test.for([
  [
    ['--only', 'bulmq'],
    "no candidate 'bulmq'; give some of stellwerk-sqlite, stellwerk-postgres, stellwerk-sqlite-processes",
  ],
  [['--scenarios', 'drian'], "no scenario 'drian'; give some of drain, enqueue-bulk"],
  [['--rounds', '0'], '--rounds 0: give an integer of 1 or more'],
  [['--turns', '3'], "Unknown option '--turns'"],
] as const)('%j ends with exit code 2 and one line', ([args, words]) => {
  const { status, stderr } = runPeers(args)
  expect(stderr).toContain(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(status).toBe(2)
})

test('without a redis-server its candidates are skipped with a line that says so', () => {
  const { status, stderr } = runPeers(['--only', 'bullmq,bullmq-aof'], { ...process.env, PATH: '/nowhere' })
  expect(stderr).toContain('skipped: bullmq, bullmq-aof: there is no redis-server on the path')
  expect(stderr).toContain('nothing is left to run')
  expect(status).toBe(1)
})

test('our own candidates run without the packages of the peers, verified, and a partial run leaves the document as it was', () => {
  const before = readFileSync(document, 'utf8')
  const work = ['--jobs', '500', '--samples', '5', '--rounds', '2', '--scenarios', 'drain,latency']
  const args = ['--only', 'stellwerk-sqlite', ...work, '--json']
  const { status, stderr, lines } = runPeers(args)
  expect(stderr).toContain('drain, round 2, stellwerk-sqlite: jobs_per_second')
  expect(stderr).toContain('docs/benchmarks.md is left as it was')
  expect(status).toBe(0)
  const result = JSON.parse(lines.at(-1) ?? '')
  expect(result).toMatchObject({ verified: true })
  expect(result.runs).toHaveLength(4)
  expect(readFileSync(document, 'utf8')).toBe(before)
})

test('a ratio is the median of the ratios by round, and for times the smaller one is better', () => {
  const runs = [
    ...[100, 400, 900].map((rate, round) => run(round, 'stellwerk-sqlite', { jobs_per_second: rate })),
    ...[100, 100, 300].map((rate, round) => run(round, 'bullmq', { jobs_per_second: rate })),
    ...[2, 4, 8].map((ms, round) => run(round, 'stellwerk-sqlite', { p50_ms: ms, p99_ms: 9 })),
    ...[1, 1, 1].map((ms, round) => run(round, 'bullmq', { p50_ms: ms, p99_ms: 9 })),
  ]
  const options = parsePeersOptions(['--only', 'stellwerk-sqlite,bullmq', '--scenarios', 'drain,latency'])
  const comparison = compareRuns(runs, options)
  const [drain, p50, p99] = comparison.ratios
  expect(drain).toMatchObject({ peer: 'bullmq', spread: { median: 3, min: 1, max: 4 }, target: 4 })
  expect(p50).toMatchObject({ spread: { median: 0.25, min: 0.13, max: 0.5 }, target: null })
  expect(p99).toMatchObject({ spread: { median: 1 } })
  expect(comparison.limits).toMatchObject([{ ours: 'stellwerk-sqlite', medianMs: 4, atMostMs: 0.5 }])

  const report = figuresReport({ comparison, runs, options })
  expect(report).toContain('>= 4: **not reached**')
  expect(report).toMatch(/p50: BullMQ on Redis, in memory is 4\.00 times better than Stellwerk on SQLite/)
})

test('only a run with everyone, everything and the full counts writes the document, or one that is told to', () => {
  expect(parsePeersOptions([]).writes).toBe(true)
  expect(parsePeersOptions([]).candidates).toEqual(candidates)
  expect(parsePeersOptions(['--jobs', '10', '--write']).writes).toBe(true)
  for (const args of [
    ['--only', 'bullmq'],
    ['--scenarios', 'drain'],
    ['--jobs', '49999'],
    ['--rounds', '2'],
    ['--samples', '9'],
  ])
    expect(parsePeersOptions(args).writes).toBe(false)
})

test('the report replaces what stands between the markers, and a document without them is refused', () => {
  const marked = readFileSync(document, 'utf8')
  const once = putBetweenMarkers(marked, 'FIRST')
  expect(once).toContain('FIRST')
  expect(putBetweenMarkers(once, 'SECOND')).toBe(putBetweenMarkers(marked, 'SECOND'))
  expect(() => putBetweenMarkers('# Benchmarks', 'x')).toThrow('docs/benchmarks.md')
})
