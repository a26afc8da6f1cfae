import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { exitReasons } from '../../src/domain/worker/exit-reasons.ts'
import type { Station } from '../../src/engine/station.ts'
import { productVersion } from '../../src/std/product-version.ts'
import { echo } from './process-jobs.ts'
import { hasEnded, jobsModule, startProcesses } from './process-station.ts'
import { replacedFlag } from './replaced-package.ts'

const greeting = fileURLToPath(new URL('./replaced-package.ts', import.meta.url))

test('a worker of another version gets no job, the reason is said, and the next one is tried', async () => {
  const { stellwerk, station, lines, until } = await startProcesses('sqlite', { modules: [jobsModule, greeting] })
  const workers = () => (station as Station).control.reports()
  await expect.poll(() => workers().map(({ status }) => status), { timeout: 20_000 }).toEqual(['idle'])
  process.env[replacedFlag] = 'yes'
  onTestFinished(() => void delete process.env[replacedFlag])
  process.kill(workers()[0]?.pid ?? 0, 'SIGKILL')
  await expect
    .poll(() => lines.join('\n'), { timeout: 20_000 })
    .toContain(exitReasons.otherProgram('999.0.0', productVersion))
  const { id } = await stellwerk.dispatch(echo, { value: 1 })
  delete process.env[replacedFlag]
  expect((await until(id, hasEnded)).job).toMatchObject({ state: 'completed', attempt: 1, crashes: 0 })
})

test('a worker that is to leave is replaced once a successor of the same version starts', async () => {
  const options = { modules: [jobsModule, greeting], maxJobs: 1 }
  const { stellwerk, station, lines, until } = await startProcesses('sqlite', options)
  const pids = () => (station as Station).control.reports().map(({ pid }) => pid)
  const first = await stellwerk.dispatch(echo, { value: 1 })
  const { pid } = JSON.parse(String((await until(first.id, hasEnded)).job.result)) as { pid: number }
  await expect.poll(pids, { timeout: 20_000 }).not.toContain(pid)
  process.env[replacedFlag] = 'yes'
  onTestFinished(() => void delete process.env[replacedFlag])
  const second = await stellwerk.dispatch(echo, { value: 2 })
  const leaving = JSON.parse(String((await until(second.id, hasEnded)).job.result)) as { pid: number }
  const refused = () => lines.filter((line) => line.includes(exitReasons.otherProgram('999.0.0', productVersion)))
  await expect.poll(() => refused().length, { timeout: 20_000 }).toBeGreaterThan(1)
  expect(pids()).toContain(leaving.pid)
  delete process.env[replacedFlag]
  await expect.poll(pids, { timeout: 20_000 }).not.toContain(leaving.pid)
})
