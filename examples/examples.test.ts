import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** What each example prints; it must end by itself with exit code 0. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'complete-in-transaction': ['completed at attempt 3, result {"booked":1999}', 'booked 1999 cents'],
  'dispatch-in-transaction': [
    'order 2 was refused, and its job went with it',
    '2 jobs',
    'shipping order 1',
    'shipping order 3',
  ],
  'first-job': ['hello, Ada', 'job 1 is completed, its result is {"greeted":"Ada"}'],
  later: ['job 2 is cancelled', 'remember: tea'],
  'many-jobs': ['dispatched 5000', 'queue sums: 5000 completed, 0 pending', 'sum 12502500'],
  priorities: ['password reset', 'invitation', 'receipt of a customer who waits at the till', 'receipt', 'newsletter'],
  'progress-and-logs': [
    'completed, 100 % (row 4 of 4), result {"imported":3}',
    'warn: empty row left out {"row":2}',
    'trace: imported {"imported":3}',
  ],
  retries: [
    'given up on ftp://example.org/report: ftp://example.org/report is not a secure address',
    'job 1 is completed after 3 attempts',
    '  attempt 1: connection reset (attempt 1)',
    '  attempt 2: connection reset (attempt 2)',
    'job 2 is failed after 1 attempt: ftp://example.org/report is not a secure address',
  ],
  validators: [
    "payload of 'with-arktype' does not fit its schema: count: count must be positive (was 0)",
    'zod: a date of 2027',
    "valibot: 'Ada'",
    'arktype: 42',
  ],
}

test('every example is run', () => {
  const files = globSync('*.ts', { cwd: fileURLToPath(new URL('.', import.meta.url)) })
  expect(files.filter((file) => !file.endsWith('.test.ts')).toSorted()).toEqual(
    Object.keys(expected)
      .map((name) => `${name}.ts`)
      .toSorted(),
  )
})

test.for(Object.keys(expected))('the example %s runs and prints what it promises', (name) => {
  const path = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const run = spawnSync(process.execPath, [path], { encoding: 'utf8', timeout: 60_000 })
  expect(run.stderr).toBe('')
  expect(run.stdout.trimEnd().split('\n')).toEqual(expected[name])
  expect(run.status).toBe(0)
})
