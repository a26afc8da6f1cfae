import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { exportCode } from './code-export.ts'

const job = {
  type: "it's; rm -rf $HOME `x`",
  queue: 'my queue',
  priority: -10,
  tries: 3,
  payload: `{"name":"O'Neil $(id)","big":12345678901234567890}`,
}

/** The words that a shell makes of a command line. */
function wordsOf(line: string): readonly string[] {
  const script = `show() { printf '%s\\0' "$@"; }\n${line.replace(/^(npx|curl)/, 'show')}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { STELLWERK_TOKEN: 'secret' } })
    .split('\0')
    .slice(0, -1)
}

test('a shell hands the command what was in the job, and runs nothing of it', () => {
  expect(wordsOf(exportCode(job, 'cli', ''))).toEqual([
    'stellwerk',
    'dispatch',
    '--queue=my queue',
    '--priority=-10',
    '--tries=3',
    '--',
    job.type,
    job.payload,
  ])
})

test('curl sends the same job, with every digit of its payload and the token of the environment', () => {
  const words = wordsOf(exportCode(job, 'curl', 'http://127.0.0.1:7575/api/v1'))
  expect(words.slice(0, 5)).toEqual([
    '-X',
    'POST',
    'http://127.0.0.1:7575/api/v1/jobs',
    '-H',
    'Authorization: Bearer secret',
  ])
  const body = words.at(-1) ?? ''
  expect(JSON.parse(body)).toMatchObject({ type: job.type, options: { queue: 'my queue', priority: -10, tries: 3 } })
  expect(body).toContain('12345678901234567890')
})

test('the TypeScript is code that says the same', () => {
  const calls: unknown[][] = []
  const run = new Function('stellwerk', `return (async () => { ${exportCode(job, 'typescript', '')} })()`)
  run({ dispatch: (...words: unknown[]) => calls.push(words) })
  expect(calls).toEqual([[job.type, JSON.parse(job.payload), { queue: 'my queue', priority: -10, tries: 3 }]])
})
