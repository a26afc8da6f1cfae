import { afterEach, beforeEach, expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

let project: CliProject

beforeEach(() => {
  project = new CliProject()
})

afterEach(() => project.remove())

const asNpx = { npm_command: 'exec', npm_lifecycle_event: 'npx' }
const asShell = { npm_command: undefined, npm_lifecycle_event: undefined }

test('a station that npx started gives back its jobs and stops when npx was told to', async () => {
  const { child, answer, stderr } = project.startByShell(['work'], asNpx)
  await expect.poll(stderr, { timeout: 30_000 }).toContain('station works')
  child.kill('SIGTERM')
  const { stderr: said } = await answer
  expect(said).toContain('signal=SIGTERM')
  expect(said).toContain('station stopped')
})

test('one whose shell has ended otherwise goes on until it is told itself', async () => {
  const { child, answer, stderr } = project.startByShell(['work'], asShell)
  await expect.poll(stderr, { timeout: 30_000 }).toContain('station works')
  const [, pid] = /^pid (\d+)$/m.exec(stderr()) ?? []
  child.kill('SIGTERM')
  await project.json('dispatch', 'greet')
  await expect.poll(() => project.json('job', '1'), { timeout: 30_000 }).toMatchObject({ state: 'completed' })
  process.kill(Number(pid), 'SIGTERM')
  expect((await answer).stderr).toContain('station stopped')
})
