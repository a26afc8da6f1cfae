// Builds the package when a source is newer than the last build: the compiler takes seconds even where nothing changed. The control room looks by itself whether it has.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const built = statSync('packages/stellwerk/dist/.tsbuildinfo', { throwIfNoEntry: false })?.mtimeMs ?? 0
const sources = globSync(['packages/stellwerk/src/**/*.ts', 'packages/stellwerk/*.json', 'tsconfig.base.json'])
const isStale = sources.some((path) => statSync(path).mtimeMs > built)

const [command, parameters] = isStale
  ? (['npm', ['run', '--silent', 'build']] as const)
  : ([process.execPath, ['scripts/build-control-room.ts']] as const)
process.exitCode = spawnSync(command, parameters, { stdio: 'inherit' }).status ?? 1
