import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { skipUnless } from '../../test/setup/skip-unless.ts'

const module = new URL('./keep-compiled-code.ts', import.meta.url).href

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'stellwerk-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** Loads a TypeScript module in a process of its own. */
function load(home: string, environment: Readonly<Record<string, string>> = {}): void {
  const job = join(home, 'job.ts')
  writeFileSync(job, 'export const count: number = 1\n')
  const text = `import { keepCompiledCode } from ${JSON.stringify(module)}; keepCompiledCode(); await import(${JSON.stringify(job)})`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
    env: { HOME: home, ...environment },
    encoding: 'utf8',
  })
  expect([run.status, run.stderr]).toEqual([0, ''])
}

test('what was compiled is kept below the home of the user, or where their caches are', () => {
  const home = newHome()
  load(home)
  expect(readdirSync(join(home, '.cache/stellwerk'))).toHaveLength(1)
  const caches = newHome()
  load(home, { XDG_CACHE_HOME: caches })
  expect(readdirSync(join(caches, 'stellwerk'))).toHaveLength(1)
})

test('who has said where to keep it keeps it there alone', () => {
  const home = newHome()
  load(home, { NODE_COMPILE_CACHE: join(home, 'mine') })
  expect([existsSync(join(home, '.cache')), existsSync(join(home, 'mine'))]).toEqual([false, true])
})

if (skipUnless(process.getuid?.() === 0, 'not root'))
  test('nothing is kept in the home of somebody else', () => {
    const home = newHome()
    chownSync(home, 65_534, 65_534)
    load(home)
    expect(existsSync(join(home, '.cache'))).toBe(false)
  })

test('nothing is kept where there is no home', () => {
  const home = newHome()
  load(home, { HOME: join(home, 'missing') })
  expect(existsSync(join(home, 'missing'))).toBe(false)
})
