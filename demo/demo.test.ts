import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { parseDemoOptions } from './demo-options.ts'
import type { DemoSummary } from './summary.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const mit = 'Permission is hereby granted, free of charge, to any person'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stellwerk-demo-test-'))
  write('modules/whole/package.json', '{"name":"whole","version":"1.2.3","main":"lib"}')
  write('modules/whole/lib/index.js', 'one\ntwo\n')
  write('modules/whole/LICENSE', mit)
  write('modules/@scope/bare/package.json', '{"name":"@scope/bare","version":"1.0.0"}')
  write('modules/whole/node_modules/nested/package.json', '{"name":"nested","version":"0.1.0","main":"gone.js"}')
  write('modules/whole/node_modules/nested/LICENCE.md', mit)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function runDemo(...args: readonly string[]) {
  const all = [main, '--once', '--root', join(folder, 'modules'), '--folder', join(folder, 'demo'), ...args]
  return spawnSync(process.execPath, all, { encoding: 'utf8', timeout: 110_000 })
}

const stores = [
  ['SQLite', () => []],
  ['PostgreSQL', () => ['--store', inject('postgresUrl'), '--schema', `demo_test_${process.pid}`]],
] as const

test.for(stores)('the demo on %s does every job, and its odd packages fail for their own reasons', ([, store]) => {
  const run = runDemo('--json', ...store())
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  const summary = JSON.parse(run.stdout) as DemoSummary
  // Three of the fixture, six broken ones, one half written; four jobs each (the half written one) and one for each folder.
  expect(summary.packages).toBe(10)
  expect(summary.dispatched).toBe(summary.completed + summary.failed)
  expect(summary.completedAfterRetry).toBe(1)
  const failures = Object.fromEntries(
    summary.failures.map(({ cause, examples }) => [cause, examples.map((example) => example.package).toSorted()]),
  )
  expect(failures).toEqual({
    "check-manifest: ManifestInvalid: 'name' is missing": ['no-name'],
    "check-manifest: ManifestInvalid: 'version' is not a version of three numbers, 'license' is not the text of an SPDX expression":
      ['odd-version'],
    "check-manifest: ManifestInvalid: 'main' names a file that is not there": ['whole/node_modules/nested'],
    "check-manifest: Error: ENOENT: no such file or directory, open '…'": ['no-manifest'],
    'check-manifest: Error: EISDIR: illegal operation on a directory, read': ['manifest-is-a-directory'],
    "check-manifest: SyntaxError: Expected ',' or '}' after property value in JSON at position 71 (line 5 column 3)": [
      'invalid-json',
    ],
    'check-manifest: TypeError: The encoded data was not valid for encoding utf-8': ['unreadable-encoding'],
    'detect-licence: LicenceUnknown: no file with a licence text': ['@scope/bare', 'no-name'],
    'detect-licence: LicenceUnknown: the licence text is none that is known': ['odd-version'],
  })
  expect(summary.failed).toBe(10)
})

test('without --json the demo shows progress and a summary that people can read', () => {
  const run = runDemo()
  expect(run.status).toBe(0)
  expect(run.stdout).toMatch(/\d+ of (\d+) done, 10 failed, \d+ jobs\/s/)
  expect(run.stdout).toContain('completed')
  expect(run.stdout).toContain('Failures by cause')
})

test('the demo takes the store of DATABASE_URL where neither a store nor a folder is named', () => {
  const env = { DATABASE_URL: 'postgres://user@host/database' }
  expect(parseDemoOptions([], env)).toMatchObject({ store: env.DATABASE_URL, isDefaultStore: false })
  expect(parseDemoOptions(['--folder', folder], env).store).toMatch(/^sqlite:/)
  expect(() => parseDemoOptions([], { DATABASE_URL: 'mysql://host' })).toThrow('DATABASE_URL mysql://host: give')
})

test('an unknown option of the demo ends with exit code 2 and one line', () => {
  const run = runDemo('--stroe', 'x')
  expect(run.status).toBe(2)
  expect(run.stderr.trim().split('\n')).toHaveLength(1)
})
