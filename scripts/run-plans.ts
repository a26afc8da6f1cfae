// The plan tests with the figures of each statement, or with --full beside 1 M waiting, 1 M delayed, 1 M failed and 10 M finished jobs.
import { spawnSync } from 'node:child_process'

const args = process.argv.slice(2)
const isFull = args.includes('--full')
const files = args.filter((arg) => arg !== '--full')
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'processes',
    ...(isFull ? ['--testTimeout', '1200000'] : []),
    ...(files.length > 0 ? files : ['packages/stellwerk/test/plans']),
  ],
  { stdio: 'inherit', env: { ...process.env, STELLWERK_PLANS: isFull ? 'full' : 'small' } },
)
process.exitCode = status ?? 1
