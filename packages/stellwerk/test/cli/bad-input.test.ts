import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

let project: CliProject
let before: unknown

beforeAll(async () => {
  project = new CliProject()
  await project.run(['dispatch', 'greet'])
  await project.run(['work', '--stop-when-empty'])
  before = await project.json('jobs')
})

afterAll(() => project.remove())

const cases: readonly (readonly [string, number, string])[] = [
  ['wrok', 2, "unknown command 'wrok'; did you mean 'work'?"],
  ['banana', 2, "unknown command 'banana'; 'stellwerk --help' lists all"],
  ['work --inline-it', 2, "unknown option '--inline-it'; 'stellwerk work --help' lists all"],
  ['jobs --stat failed', 2, "unknown option '--stat'; did you mean '--state'?"],
  ['jobs --state faild', 2, "did you mean 'failed'?"],
  ['jobs --limit 0', 2, "--limit: '0' is not an integer from 1 to 200"],
  ['job', 2, "missing required argument 'id'"],
  ['job 4711', 3, 'there is no job 4711'],
  ['job abc', 2, "'abc' is not a job id"],
  ['priority 1 high', 4, 'job 1 is completed'],
  ['priority 1 urgent', 2, 'give an integer from -100 to 100 or low, normal, high, critical'],
  ['priority 1 1.5', 2, 'give an integer from -100 to 100'],
  ['cancel 1', 4, 'job 1 is completed already'],
  ['retry', 2, 'no job is chosen'],
  ['retry 9-1', 2, "'9-1' is not a range of ids"],
  ['retry --since yesterday', 2, "--since: 'yesterday' is not a time"],
  ['flush --older-than never', 2, "--older-than: 'never' is not a duration"],
  ['dispatch gret', 2, "unknown job type 'gret'; did you mean 'greet'?"],
  ['dispatch greet {"a":1}', 2, "job type 'greet' takes no payload"],
  ['dispatch greet {oops', 2, 'the payload is not valid JSON at character 2'],
  ['dispatch greet --delay -5', 2, "--delay: '-5' is not a duration"],
  ['dispatch greet --delay 99999d', 2, 'out of range'],
  ['dispatch greet --run-at tomorrow', 2, "--run-at: 'tomorrow' is not a time"],
  ['dispatch greet --priority urgent', 2, 'urgent'],
  ['dispatch greet --tries 0', 2, "--tries: '0' is not an integer from 1 to 10000"],
  ['work --concurrency 0', 2, "--concurrency: '0' is not an integer from 1 to 10000"],
  ['config log.levl', 2, "did you mean 'log.level'?"],
  ['jobs --store mysql://ada:geheim@db', 2, "--store: 'mysql://ada:***@db' is not an address of a store"],
  ['jobs --store /nowhere/at/all.db', 5, '/nowhere/at'],
  ['jobs --store stellwerk.config.mts', 5, 'not a SQLite database'],
  ['jobs --config nope.ts', 6, 'nope.ts does not exist'],
]

test.for(cases)('%s', async ([line, exitCode, message]) => {
  const answer = await project.run(line.split(' '))
  expect(answer).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(message) })
  expect(answer.stderr).toMatch(/^stellwerk: .+\n$/)
})

test('nothing of all that left a trace in the store', async () => {
  expect(await project.json('jobs')).toEqual(before)
})

test('with --json an error is one JSON document with its code', async () => {
  const { exitCode, stderr } = await project.run(['job', '4711', '--json'])
  expect(exitCode).toBe(3)
  expect(JSON.parse(stderr)).toEqual({
    error: { code: 'JOB_NOT_FOUND', message: expect.stringContaining('4711'), details: {} },
  })
})

test('a stack is shown only where it is asked for', async () => {
  const { stderr } = await project.run(['job', '4711'], { env: { STELLWERK_DEBUG: '1' } })
  expect(stderr).toContain('    at ')
})
