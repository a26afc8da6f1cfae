import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadJobs } from './load-jobs.ts'

const defineJobModule = fileURLToPath(new URL('../../client/define-job.ts', import.meta.url))
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stellwerk-jobs-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

function writeJobs(source: string): string {
  const path = join(directory, 'jobs.mts')
  writeFileSync(path, `import { defineJob } from ${JSON.stringify(defineJobModule)}\n${source}`)
  return path
}

test('definitions are found by themselves, in lists and in objects, each once', async () => {
  const path = writeJobs(`export const one = defineJob({ name: 'one' })
    export const list = [one, defineJob({ name: 'two' })]
    export const byName = { three: defineJob({ name: 'three' }), notOne: 7 }
    export const other = 'text'`)
  const jobs = await loadJobs([path], 'native')
  expect(jobs.map((job) => job.name).toSorted()).toEqual(['one', 'three', 'two'])
})

test('a module without a definition is refused by name', async () => {
  const path = writeJobs('export const nothing = 1')
  const failure = loadJobs([path], 'native')
  await expect(failure).rejects.toMatchObject({ code: 'JOBS_NOT_LOADED' })
  await expect(failure).rejects.toThrow(`${path} exports no job`)
})

test('a folder, and a pattern, are refused with what to write in their place', async () => {
  await expect(loadJobs([directory], 'native')).rejects.toThrow(
    `${directory} is a folder; name each of its modules in 'jobs'`,
  )
  await expect(loadJobs([join(directory, '*.ts')], 'native')).rejects.toThrow('patterns are not expanded')
})

test('a module that does not exist is refused with its path', async () => {
  await expect(loadJobs([join(directory, 'nope.ts')], 'native')).rejects.toThrow(
    `${join(directory, 'nope.ts')} does not exist`,
  )
})
