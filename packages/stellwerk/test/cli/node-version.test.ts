import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

test('an older Node is refused in one line before anything is loaded', async () => {
  expect(existsSync(main)).toBe(true)
  // What an older Node says of itself is all that the check reads.
  const asNode20 =
    "Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); await import(process.argv[1])"
  const answer = await run(process.execPath, ['--input-type=module', '--eval', asNode20, main]).catch(
    (error: unknown) => error,
  )
  expect(answer).toMatchObject({
    code: 9,
    stdout: '',
    stderr: expect.stringMatching(/^stellwerk: needs Node 24\.15 or newer and this is Node 20\.20\.2; .+\n$/),
  })
})
