import type { Server } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import { makeFirstSchema } from '../postgres/first-schema.ts'
import { type EmbeddedPostgresServer, startEmbeddedPostgres } from '../setup/embedded-postgres-server.ts'
import { type Answer, CliProject } from './cli-project.ts'
import { startOldServer } from './old-server.ts'
import { asAdministrator, dropSchema, newSchemaName } from './postgres-schema.ts'

const address = inject('postgresUrl')
const role = `cli_${process.pid}_${Math.floor(performance.now())}`
let project: CliProject
let schema: string

beforeAll(() => {
  project = new CliProject()
})

beforeEach(() => {
  schema = newSchemaName()
})

afterAll(async () => {
  project.remove()
  await asAdministrator(address, `DROP ROLE IF EXISTS ${role}`)
})

function changed(change: Partial<URL>, parameters: Readonly<Record<string, string>> = {}): string {
  const url = Object.assign(new URL(address), { password: 'geheim' }, change)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** What `migrate`, or another command, says of an address. */
function tell(store: string, ...args: readonly string[]): Promise<Answer> {
  return project.run([...(args.length > 0 ? args : ['migrate']), '--store', store, '--schema', schema])
}

/** One line that names what is meant, exit code 5, and no password. */
function expectRefusal({ exitCode, stdout, stderr }: Answer, ...says: readonly (string | RegExp)[]): void {
  for (const saying of says) expect(stderr).toMatch(saying)
  expect(stderr).toMatch(/^stellwerk: .+\n$/)
  expect(stderr).not.toContain('geheim')
  expect(stderr).not.toContain('postgres://')
  expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' })
}

test('a port on which nobody listens', async () => {
  expectRefusal(await tell(changed({ port: '1' })), '127.0.0.1:1/postgres', 'ECONNREFUSED', 'Start the server')
})

test('a host that does not exist', async () => {
  expectRefusal(await tell(changed({ hostname: 'nowhere.invalid' })), 'nowhere.invalid', 'correct host and port')
})

test('a wrong password', async () => {
  expectRefusal(await tell(changed({})), 'refused the login', 'Correct user and password')
})

test('a database that does not exist', async () => {
  const { password } = new URL(address)
  expectRefusal(await tell(changed({ password, pathname: '/nope' })), '"nope"', 'Create it')
})

test('TLS that the server does not offer', async () => {
  expectRefusal(await tell(changed({}, { sslmode: 'verify-full' })), 'offers no TLS', 'sslmode=disable')
})

test('a role without the right to create a schema', async () => {
  await asAdministrator(address, `CREATE ROLE ${role} LOGIN PASSWORD 'geheim'`)
  onTestFinished(() => asAdministrator(address, `DROP ROLE ${role}`))
  expectRefusal(await tell(changed({ username: role })), 'refused the right', 'Grant the user CREATE')
})

test('a role that may only read', async () => {
  await asAdministrator(
    address,
    `CREATE ROLE ${role} LOGIN PASSWORD 'geheim'`,
    `ALTER ROLE ${role} SET default_transaction_read_only = on`,
  )
  onTestFinished(() => asAdministrator(address, `DROP ROLE ${role}`))
  expectRefusal(await tell(changed({ username: role })), 'default_transaction_read_only is on', 'the primary')
})

test('a role that has all the connections it may have', async () => {
  await asAdministrator(address, `CREATE ROLE ${role} LOGIN PASSWORD 'geheim' CONNECTION LIMIT 1`)
  onTestFinished(() => asAdministrator(address, `DROP ROLE ${role}`))
  const holder = new pg.Client({ connectionString: changed({ username: role }) })
  await holder.connect()
  const answer = await tell(changed({ username: role }))
  await holder.end()
  expectRefusal(answer, 'too many connections for role', 'Raise max_connections or the limit of this role')
})

test('a schema that is missing where opening may not make it', async () => {
  const answer = await project.run(['jobs', '--store', address, '--schema', schema], {
    env: { STELLWERK_MIGRATE: 'false' },
  })
  expectRefusal(answer, `no schema ${schema}`, 'stellwerk migrate')
})

test('a schema that a newer program has made', async () => {
  expect(await tell(address)).toMatchObject({ exitCode: 0 })
  await asAdministrator(address, `UPDATE ${schema}.stellwerk_schema SET version = 1007, oldest_program = 1005`)
  onTestFinished(() => dropSchema(address, schema))
  for (const command of ['migrate', 'jobs', 'doctor']) {
    const answer = await tell(address, command)
    if (command !== 'doctor') expectRefusal(answer, 'version 1007', 'knows version 1005', 'Update stellwerk')
    else
      expect(answer).toMatchObject({
        exitCode: 7,
        stdout: expect.stringMatching(/look {2}store .*version 1007.*\n.*Update stellwerk/),
      })
  }
})

test('a schema of another program', async () => {
  await asAdministrator(address, `CREATE SCHEMA ${schema}`, `CREATE TABLE ${schema}.orders (id int)`)
  onTestFinished(() => dropSchema(address, schema))
  expectRefusal(await tell(address), `schema ${schema}`, 'tables of another program', 'Name another schema')
})

test('an address to listen at that is none', async () => {
  const { exitCode, stderr } = await project.run(['jobs', '--store', address], {
    env: { STELLWERK_LISTEN: 'sometimes' },
  })
  expect(stderr).toMatch(
    /^stellwerk: STELLWERK_LISTEN: 'sometimes' is not true, false or an address of PostgreSQL.+\n$/,
  )
  expect(exitCode).toBe(6)
})

test('an address to listen at is shown without its password', async () => {
  const listen = 'postgres://ada:geheim@db/app'
  const { stdout } = await project.run(['config'], { env: { STELLWERK_LISTEN: listen } })
  expect(stdout).toContain('postgres://ada:***@db/app')
})

test('a server that is too old', async () => {
  const server: Server = await startOldServer(130_023, '13.23')
  const bound = server.address()
  const port = bound !== null && typeof bound === 'object' ? String(bound.port) : ''
  expectRefusal(await tell(changed({ port })), 'is version 13.23', 'needs 14 or newer', 'Update the server')
  await new Promise((resolve) => server.close(resolve))
})

test('a replica', async () => {
  const standby: EmbeddedPostgresServer = await startEmbeddedPostgres(['fsync=off'], { isStandby: true })
  onTestFinished(() => standby.stop())
  expectRefusal(await tell(standby.url), 'takes no writes (it is a replica)', 'the primary')
})

test('a server that lets nobody in without TLS', async () => {
  const hba = ['hostnossl postgres postgres 127.0.0.1/32 scram-sha-256', 'hostssl all all 127.0.0.1/32 scram-sha-256']
  const server = await startEmbeddedPostgres(['fsync=off'], { hba })
  onTestFinished(() => server.stop())
  await asAdministrator(server.url, `CREATE ROLE remote LOGIN PASSWORD 'geheim'`)
  const url = Object.assign(new URL(server.url), { username: 'remote', password: 'geheim' })
  expectRefusal(await tell(url.href), 'no encryption', 'sslmode=verify-full', 'pg_hba.conf')
})

test('what is no reason to refuse is a warning of the station, and the doctor exits with 7', async () => {
  await asAdministrator(
    address,
    `CREATE ROLE ${role} LOGIN PASSWORD 'geheim'`,
    `ALTER ROLE ${role} SET default_transaction_isolation = 'serializable'`,
    `CREATE SCHEMA ${schema} AUTHORIZATION ${role}`,
  )
  onTestFinished(() => asAdministrator(address, `DROP OWNED BY ${role} CASCADE`, `DROP ROLE ${role}`))
  const store = changed({ username: role })
  expect(await tell(store)).toMatchObject({ exitCode: 0 })
  await tell(store, 'dispatch', 'greet')
  const work = project.start(['work', '--store', store, '--schema', schema])
  await vi.waitFor(() => expect(work.stderr()).toContain('default_transaction_isolation'), 20_000)
  await vi.waitFor(() => expect(work.stderr()).toContain('fsync = on'), 20_000)
  // Where all is serializable a claim may have to be tried more than once.
  const completed = async () => (await tell(store, 'jobs', '--state', 'completed')).stdout
  await vi.waitFor(async () => expect(await completed()).toContain('greet'), 20_000)
  work.child.kill('SIGTERM')
  expect(await work.answer).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('completed=1') })
  expect(await tell(store, 'doctor')).toMatchObject({
    exitCode: 7,
    stdout: expect.stringMatching(/look {2}isolation +serializable/),
  })
})

test('two that migrate at once: one takes the steps, the other finds nothing to do', async () => {
  onTestFinished(() => dropSchema(address, schema))
  const both = await Promise.all([tell(address), tell(address)])
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  expect(both.map(({ stdout }) => /^(made|nothing)/.exec(stdout)?.[1]).toSorted()).toEqual(['made', 'nothing'])
  expect(both.map(({ stdout }) => stdout).join('')).toContain('step 1: jobs, history, counters, stations')
})

test('an upgrade says from where it went to where, and by which steps', async () => {
  onTestFinished(() => dropSchema(address, schema))
  await makeFirstSchema(address, schema)
  const { stdout } = await tell(address)
  expect(stdout).toMatch(
    /^upgraded from version 1 to \d+\n {2}step 2: one group of jobs by a function\n {2}step 3: lanes by one number\n {2}step 4: vacuum/,
  )
})

test('a clock that is far off is told by station and doctor with its figure', async () => {
  onTestFinished(() => dropSchema(address, schema))
  await tell(address)
  await asAdministrator(
    address,
    `CREATE OR REPLACE FUNCTION ${schema}.now_ms() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 40000'`,
  )
  const work = project.start(['work', '--store', address, '--schema', schema])
  await vi.waitFor(() => expect(work.stderr()).toMatch(/error.* clock is 40s behind the database's/i), 20_000)
  work.child.kill('SIGTERM')
  await work.answer
  const { exitCode, stdout } = await tell(address, 'doctor')
  expect(stdout).toMatch(/look {2}clock +the server's is 40s ahead/)
  expect(exitCode).toBe(7)
})

test('an old snapshot is told by station and doctor, with who holds it', async () => {
  onTestFinished(() => dropSchema(address, schema))
  await tell(address)
  const holder = new pg.Client({ connectionString: address, application_name: 'night report' })
  await holder.connect()
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
  const env = { STELLWERK_SNAPSHOT_ALARM: '0s' }
  const work = project.start(['work', '--store', address, '--schema', schema], { env })
  await vi.waitFor(() => expect(work.stderr()).toMatch(/warn .*night report; idle in transaction/i), 20_000)
  work.child.kill('SIGTERM')
  await work.answer
  const doctor = await project.run(['doctor', '--store', address, '--schema', schema], { env })
  await holder.end()
  expect(doctor.stdout).toMatch(/look {2}old snapshot +pid \d+ \(night report; idle in transaction/)
  expect(doctor.exitCode).toBe(7)
})
