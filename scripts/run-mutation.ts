// Mutation tests of the pure rules: of what this branch changes, of the paths that are named, or with --all of every module. The tool is installed on first use.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const modules = ['job', 'queue', 'metrics', 'worker'].map((name) => `packages/stellwerk/src/domain/${name}/`)
const tool = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
const args = process.argv.slice(2)

function lines(command: string, parameters: readonly string[]): readonly string[] {
  const { stdout } = spawnSync(command, parameters, { encoding: 'utf8' })
  return (stdout ?? '').split('\n').filter((line) => line !== '')
}

/** What differs from where this branch left main, committed or not. */
function changed(): readonly string[] {
  const [base = 'HEAD'] = lines('git', ['merge-base', 'HEAD', 'main'])
  return lines('git', ['diff', '--name-only', '--diff-filter=d', base])
}

function isRule(path: string): boolean {
  return modules.some((module) => path.startsWith(module)) && path.endsWith('.ts') && !path.endsWith('.test.ts')
}

function run(command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const named = args.filter((arg) => !arg.startsWith('-'))
const everything = modules.map((module) => `${module}**/*.ts`)
const wanted = args.includes('--all') ? everything : named.length > 0 ? named : changed().filter(isRule)
if (wanted.length === 0) {
  console.log('No rule of domain/{job,queue,metrics,worker} differs from main; --all tries every one of them.')
} else {
  if (!existsSync(tool))
    run('npm', ['ci', '--prefix', 'test/mutation', '--no-audit', '--no-fund', '--legacy-peer-deps'])
  const mutate = [...wanted, '!packages/stellwerk/src/**/*.test.ts'].join(',')
  run(process.execPath, [tool, 'run', 'test/mutation/stryker.config.json', '--mutate', mutate])
}
