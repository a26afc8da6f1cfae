import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CliProject } from './cli-project.ts'

let project: CliProject

beforeEach(() => {
  project = new CliProject()
})

afterEach(() => project.remove())

const inProject = (name: string): string => readFileSync(join(project.directory, name), 'utf8')

test('the stream is chosen by an option, form and level too, and other commands keep to the standard error', async () => {
  const work = ['work', '--stop-when-empty', '--log-channel', 'stdout', '--log-format', 'json']
  const { stdout, stderr, exitCode } = await project.run(work)
  expect([exitCode, stderr]).toEqual([0, ''])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; message: string })
  expect(lines.map(({ message }) => message)).toEqual(['station works', 'station stopped'])
  expect((await project.run([...work, '--log-level', 'warn'])).stdout).toBe('')
  const env = { STELLWERK_LOG_CHANNEL: 'none' }
  expect(await project.run(['work', '--stop-when-empty'], { env })).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  const journal = await project.run(['work', '--stop-when-empty', '--log-channel', 'journald'])
  expect(journal.stderr).toMatch(/^<6>station works station=.+\n<6>station stopped .+\n$/)
})

test('a file is made where the configuration says, relative to it, and shows whose line it is', async () => {
  project.write(
    'stellwerk.config.mts',
    `export default { store: 'sqlite:test.db', jobs: './jobs.mts', log: { channel: 'file', file: { path: 'var/log/jobs.log', size: '4kb', count: 2 } } }`,
  )
  const { stderr } = await project.run(['work', '--stop-when-empty'])
  expect(stderr).toBe('')
  expect(inProject('var/log/jobs.log')).toMatch(
    /^\S+Z info {2}\[\d+\] station works .+\n\S+Z info {2}\[\d+\] station stopped .+\n$/,
  )
  writeFileSync(join(project.directory, 'var/log/jobs.log'), 'x'.repeat(4_090))
  await project.run(['work', '--stop-when-empty'])
  expect(inProject('var/log/jobs.log.1')).toBe('x'.repeat(4_090))
  expect(inProject('var/log/jobs.log').trim().split('\n')).toHaveLength(2)
})

test('the switches write start, end, figures and payload of each job, without its secrets', async () => {
  const anything = "{ '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }"
  project.writeJobs(`export const greet = defineJob({ name: 'greet', payload: ${anything}, handle: () => {} })`)
  const { exitCode } = await project.run(['dispatch', 'greet', '{"name":"Ada","apiKey":"hunter2"}'])
  expect(exitCode).toBe(0)
  const env = {
    STELLWERK_DEBUGGING_TRACE_JOBS: 'true',
    STELLWERK_DEBUGGING_LOG_PAYLOAD: 'true',
    STELLWERK_DEBUGGING_LOG_PERFORMANCE: 'true',
  }
  const { stderr } = await project.run(['work', '--stop-when-empty', '--log-format', 'json'], { env })
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.find(({ message }) => message === 'jobs claimed')).toMatchObject({ count: 1, jobs: [1] })
  expect(lines.find(({ message }) => message === 'job started')).toMatchObject({
    job: 1,
    type: 'greet',
    payload: '{"name":"Ada","apiKey":"[redacted]"}',
  })
  expect(lines.find(({ message }) => message === 'job ended')).toMatchObject({
    outcome: 'completed',
    runMs: expect.any(Number) as number,
    memoryPeakBytes: expect.any(Number) as number,
  })
  expect(stderr).not.toContain('hunter2')
})

test('syslog and a collector get everything before the process ends', async () => {
  const receiver = createSocket('udp4')
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  const datagrams: string[] = []
  receiver.on('message', (message) => datagrams.push(message.toString()))
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()))
    request.on('end', () => response.end('{}'))
  })
  const port = await new Promise<number>((resolve) => {
    collector.listen(0, '127.0.0.1', () => resolve((collector.address() as { port: number }).port))
  })
  try {
    const syslog = {
      STELLWERK_LOG_SYSLOG_ADDRESS: `udp://127.0.0.1:${receiver.address().port}`,
      STELLWERK_LOG_SYSLOG_FACILITY: 'local3',
    }
    await project.run(['work', '--stop-when-empty', '--log-channel', 'syslog'], { env: syslog })
    await vi.waitFor(() => expect(datagrams).toHaveLength(2), 20_000)
    expect(datagrams[0]).toMatch(/^<158>1 \S+Z \S+ stellwerk \d+ - - station works station=/)
    const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }
    const answer = await project.run(['work', '--stop-when-empty', '--log-channel', 'otel'], { env: otel })
    expect(answer).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(bodies.join('')).toContain('"stringValue":"station stopped"')
  } finally {
    receiver.close()
    collector.closeAllConnections()
    collector.close()
  }
})

test('a file that cannot be made, and a channel that is none, are one line with the remedy', async () => {
  project.write('blocked', '')
  const blocked = await project.run(['work', '--log-channel', 'file', '--log-file', 'blocked/x.log'])
  expect(blocked).toMatchObject({ exitCode: 6, stdout: '' })
  expect(blocked.stderr).toMatch(
    /^stellwerk: log\.file\.path: \S+blocked\/x\.log cannot be written: .+another log\.channel\n$/,
  )
  const slip = await project.run(['work', '--log-channel', 'sylog'])
  expect(slip).toMatchObject({
    exitCode: 2,
    stderr:
      "stellwerk: --log-channel: 'sylog' is not one of stderr, stdout, file, syslog, journald, otel, none; did you mean 'syslog'?\n",
  })
})
