// The peers' packages are not installed by `npm ci`; where they are, what uses them is type-checked as everything else.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const isInstalled = existsSync('bench/peers/node_modules/.package-lock.json')

if (isInstalled) {
  const { status } = spawnSync('tsc', ['-p', 'bench/peers/tsconfig.json'], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  console.log('bench/peers/processes is not type-checked: its packages are not installed (npm ci in bench/peers)')
}
