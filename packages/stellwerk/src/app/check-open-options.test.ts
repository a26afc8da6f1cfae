import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openStellwerk } from './open-stellwerk.ts'
import type { StellwerkOptions } from './stellwerk-options.ts'

test.each([
  [{ stor: 'sqlite:other.db' }, "openStellwerk: unknown option 'stor'; did you mean 'store'?"],
  [{ database: 'postgres://there/app' }, "openStellwerk: unknown option 'database'; known are store, schema"],
  [{ store: 5 }, "store: 5 is no address; give 'sqlite:<path>' or 'postgres://…'"],
  [{ jobs: 'jobs.ts' }, 'jobs: jobs.ts is no list of job types; give those that defineJob has returned'],
  [{ jobs: [{}] }, 'jobs: what was given is no list of job types'],
  [{ jobs: [async function send() {}] }, 'jobs: what was given is no list of job types'],
  [null, 'openStellwerk: null is no object of options'],
  [{ jobs: null }, 'jobs: null is no list of job types'],
  [{ maxPayloadBytes: 2_000_000 }, 'maxPayloadBytes: 2000000 is not an integer from 1 to 1048576'],
  [{ log: { info: () => {} } }, "log: what was given has no function 'debug'; it needs debug, info"],
])('%o is refused before any store is opened', async (options, message) => {
  await expect(openStellwerk(options as unknown as StellwerkOptions)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining(message),
  })
  expect(existsSync('stellwerk.db')).toBe(false)
})
