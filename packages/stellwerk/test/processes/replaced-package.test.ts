import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { Station } from '../../src/engine/station.ts'
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
  const reason =
    /a worker ended.*its program is version 999\.0\.0, that of its station 0\.1\.0: the package was replaced while the station ran; restart the station/
  await expect.poll(() => lines.join('\n'), { timeout: 20_000 }).toMatch(reason)
  const { id } = await stellwerk.dispatch(echo, { value: 1 })
  delete process.env[replacedFlag]
  expect((await until(id, hasEnded)).job).toMatchObject({ state: 'completed', attempt: 1, crashes: 0 })
})
