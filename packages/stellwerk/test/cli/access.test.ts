import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { CliProject } from './cli-project.ts'
import { dropSchema, newSchemaName } from './postgres-schema.ts'

const address = inject('postgresUrl')
let project: CliProject
let schema: string

interface Row {
  readonly action: string
  readonly target: string
  readonly outcome: string
}

async function rows(...flags: readonly string[]): Promise<readonly Row[]> {
  return ((await project.json('audit', ...flags)) as { readonly entries: readonly Row[] }).entries
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  beforeEach(() => {
    schema = newSchemaName()
    project = kind === 'sqlite' ? new CliProject() : new CliProject({ store: address, schema })
  })

  afterEach(async () => {
    project.remove()
    if (kind === 'postgres') await dropSchema(address, schema)
  })

  test('a token is made and printed once, listed without its text, and revoked', async () => {
    const made = await project.run([
      'token',
      'create',
      'shop',
      '--role',
      'producer',
      '--queues',
      'a, b',
      '--expires',
      '90d',
    ])
    expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^stw_[\w-]{43}\n$/) as string })
    expect(made.stderr).toContain('not shown again')
    const text = made.stdout.trim()
    const listed = await project.json('token', 'list')
    expect(listed).toMatchObject({
      tokens: [
        { id: '1', name: 'shop', role: 'producer', queues: ['a', 'b'], state: 'live', prefix: text.slice(0, 8) },
      ],
    })
    expect(JSON.stringify(listed)).not.toContain(text.slice(8))
    expect((await project.run(['token', 'list'])).stdout).toContain(`${text.slice(0, 8)}…`)
    expect(await project.run(['token', 'revoke', '1'])).toMatchObject({ exitCode: 0, stdout: 'revoked token 1\n' })
    expect(await project.json('token', 'revoke', '1')).toEqual({ id: '1', revoked: false })
    expect(await project.json('token', 'list')).toMatchObject({ tokens: [{ state: 'revoked' }] })
    expect((await rows()).map(({ action, target }) => `${action} ${target}`)).toEqual([
      'token:revoke token 1',
      'token:revoke token 1',
      'token:create token 1',
    ])
  })

  test('every action of the command line leaves one row, and the log can be verified', async () => {
    await project.run(['dispatch', 'greet', '--delay', '1h'])
    await project.run(['dispatch', 'greet', '--count', '3'])
    await project.run(['priority', '1', 'high'])
    await project.run(['cancel', '1'])
    await project.run(['cancel', '1'])
    expect(await rows()).toMatchObject([
      { action: 'job:cancel', target: 'job 1', outcome: 'refused', reason: 'JOB_NOT_WAITING' },
      {
        action: 'job:cancel',
        target: 'job 1',
        outcome: 'done',
        before: { state: 'scheduled' },
        after: { state: 'cancelled' },
      },
      { action: 'job:prioritize', target: 'job 1', before: { priority: 0 }, after: { priority: 10 } },
      { action: 'job:dispatch', target: '3 jobs', count: 3 },
      { action: 'job:dispatch', target: 'job 1', actorKind: 'cli', after: { types: ['greet'], queues: ['default'] } },
    ])
    expect(await rows('--action', 'job:dispatch', '--limit', '1')).toMatchObject([{ target: '3 jobs' }])
    expect(await rows('--job', '1', '--outcome', 'refused')).toHaveLength(1)
    expect(await rows('--actor', 'nobody')).toEqual([])
    expect(await rows('--since', '1h')).toHaveLength(5)
    expect(await project.json('audit', '--verify')).toMatchObject({
      isIntact: true,
      checked: 5,
      lastId: '5',
      faults: [],
    })
    const shown = await project.run(['audit', '--job', '1'])
    expect(shown.stdout).toContain('refused JOB_NOT_WAITING')
  })

  test('a dispatch that is refused leaves its row, and what handlers dispatch leaves none', async () => {
    project.writeJobs(`export const child = defineJob({ name: 'child', handle: () => {} })
      export const parent = defineJob({ name: 'parent', handle: (_payload, ctx) => ctx.dispatch(child, undefined) })`)
    await project.run(['dispatch', 'nothing-like-it'])
    await project.run(['dispatch', 'parent', '{"a": 1}'])
    await project.run(['dispatch', 'parent'])
    expect(await project.json('work', '--stop-when-empty')).toMatchObject({ completed: 2 })
    expect(await rows()).toMatchObject([
      { action: 'job:dispatch', target: 'job 1', outcome: 'done' },
      { action: 'job:dispatch', target: 'a job of type parent', outcome: 'refused', reason: 'PAYLOAD_INVALID' },
      {
        action: 'job:dispatch',
        target: 'a job of type nothing-like-it',
        outcome: 'refused',
        reason: 'JOB_TYPE_UNKNOWN',
      },
    ])
  })
})

describe('on SQLite', () => {
  beforeEach(() => {
    project = new CliProject()
  })

  afterEach(() => project.remove())

  test('a log that somebody has changed is found, and said by the exit code', async () => {
    for (let job = 0; job < 3; job += 1) await project.run(['dispatch', 'greet'])
    const database = new DatabaseSync(join(project.directory, 'test.db'))
    database.exec(
      `DROP TRIGGER stellwerk_audit_as_written; UPDATE stellwerk_audit SET actor_name = 'mallory' WHERE id = 2`,
    )
    database.close()
    const answer = await project.run(['audit', '--verify'])
    expect(answer.exitCode).toBe(7)
    expect(answer.stdout).toContain('row 2: it was changed')
  })

  test.each([
    [['token'], "missing required argument 'what'"],
    [['token', 'creat', 'x'], "did you mean 'create'?"],
    [['token', 'create'], 'give the new token a name'],
    [['token', 'create', 'x'], '--role viewer | operator | admin'],
    [['token', 'create', 'x', '--role', 'admn'], "did you mean 'admin'?"],
    [['token', 'create', 'x', '--role', 'producer'], 'name at least one'],
    [['token', 'create', 'x', '--role', 'viewer', '--expires', 'soon'], '--expires'],
    [['token', 'create', 'x', '--role', 'viewer', '--expires', '1s'], 'one minute to ten years'],
    [['token', 'list', 'x'], 'one word too many'],
    [['token', 'revoke'], 'say which'],
    [['token', 'revoke', 'x'], 'an integer'],
    [['audit', '--outcome', 'don'], "did you mean 'done'?"],
    [['audit', '--limit', '0'], '1 to 200'],
    [['audit', '--since', 'yesterday'], '--since'],
    [['audit', '--job', 'x'], 'not a job id'],
  ] as const)('%j says what is wrong', async (args, words) => {
    const answer = await project.run(args)
    expect(answer).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(words) as string })
  })

  test('a token that is not there is exit code 3', async () => {
    expect(await project.run(['token', 'revoke', '9'])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("'stellwerk token list' shows them") as string,
    })
  })
})
