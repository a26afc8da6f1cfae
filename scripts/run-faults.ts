// All fault tests at their CI figures, or with --release at those that a release is held to.
import { spawnSync } from 'node:child_process'

const args = process.argv.slice(2)
const figures = args.includes('--release') ? 'release' : 'ci'
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'processes',
    'packages/stellwerk/test/faults',
    ...args.filter((arg) => arg !== '--release'),
  ],
  { stdio: 'inherit', env: { ...process.env, STELLWERK_FAULTS: figures } },
)
process.exitCode = status ?? 1
