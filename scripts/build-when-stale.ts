// Builds the package when a source is newer than the last build: the compiler takes seconds even where nothing changed.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const built = statSync('packages/stellwerk/dist/.tsbuildinfo', { throwIfNoEntry: false })?.mtimeMs ?? 0
const sources = globSync(['packages/stellwerk/src/**/*.ts', 'packages/stellwerk/*.json', 'tsconfig.base.json'])
const isStale = sources.some((path) => statSync(path).mtimeMs > built)

process.exitCode = isStale ? (spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' }).status ?? 1) : 0
