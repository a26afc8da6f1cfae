import { afterAll, expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

const project = new CliProject()
const env = { STELLWERK_EXECUTOR: 'process' }
afterAll(() => project.remove())

test('work runs handlers in a worker process, and ends when nothing is left', async () => {
  await project.run(['dispatch', 'greet'])
  await project.run(['dispatch', 'broken'])
  const { exitCode, stdout, stderr } = await project.run(['work', '--stop-when-empty', '--verbose', '--json'], { env })
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(stdout)).toMatchObject({ completed: 1, failed: 1, crashed: 0 })
  expect(stderr).toContain('completed job')
  const job = (await project.json('job', '1')) as {
    readonly job?: { readonly state?: string }
    readonly state?: string
  }
  expect(job.job?.state ?? job.state).toBe('completed')
})

test('a poison job goes to the dead-letter queue of its type, and its page says what killed it', async () => {
  const other = new CliProject()
  try {
    other.writeJobs(
      `export const poison = defineJob({ name: 'poison', deadLetter: 'graves', maxCrashes: 1, handle: () => process.kill(process.pid, 'SIGKILL') })`,
    )
    await other.run(['dispatch', 'poison'])
    const { stdout } = await other.run(['work', '--stop-when-empty', '--json'], { env })
    expect(JSON.parse(stdout)).toMatchObject({ completed: 0 })
    expect((await other.run(['failed', '--queue', 'graves'])).stdout).toContain('graves (from default)')
    const page = (await other.run(['job', '1'])).stdout
    expect(page).toMatch(/dead letter +went to dead-letter queue `graves` from `default`/)
    expect(page).toMatch(/last crash +the worker died while it ran job 1 alone \(signal SIGKILL.*; crash 1\)/)
  } finally {
    other.remove()
  }
})

test('once runs one job', async () => {
  await project.run(['dispatch', 'greet'])
  await project.run(['dispatch', 'greet'])
  const { stdout } = await project.run(['work', '--once', '--json'], { env })
  expect(JSON.parse(stdout)).toMatchObject({ completed: 1 })
  await project.run(['work', '--stop-when-empty'], { env })
})

test('a signal stops it, and what ran goes back unburnt', async () => {
  await project.run(['dispatch', 'slow'])
  const { child, answer, stderr } = project.start(['work', '--verbose', '--grace', '100ms'], { env })
  await expect.poll(stderr, { timeout: 30_000 }).toContain('started job')
  child.kill('SIGTERM')
  expect((await answer).exitCode).toBe(0)
  const jobs = JSON.stringify(await project.json('jobs', '--state', 'pending'))
  expect(jobs).toContain('slow')
})

test.each([
  ['a module that throws', `throw new Error('not today')`, 'not today'],
  ['a module without a job', 'export const nothing = 1', 'exports no job'],
])('%s is refused in one line, with exit code 6', async (_, source, message) => {
  const other = new CliProject()
  try {
    other.writeJobs(source)
    const { exitCode, stderr } = await other.run(['work', '--once'], { env })
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 6, stderr: expect.stringContaining(message) })
  } finally {
    other.remove()
  }
})

test.each([
  [['--min', '3', '--max', '2'], 'min 3 is above max 2'],
  [['--memory', '10'], 'less than Node itself needs'],
  [['--balance', 'atuo'], "did you mean 'auto'"],
])('%j is refused with exit code 2', async (options, message) => {
  const { exitCode, stderr } = await project.run(['work', '--once', ...options], { env })
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) })
})
