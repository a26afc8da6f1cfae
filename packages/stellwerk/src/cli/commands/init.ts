import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { configurationFileNames } from '../../app/configuration/find-configuration-file.ts'
import { StellwerkError } from '../../domain/errors.ts'
import type { CliCommand } from '../cli-command.ts'
import { configurationTemplate, jobsTemplate } from '../templates.ts'

/** `stellwerk init`: writes a configuration and a first job into this directory; an existing file is never touched. */
export const initCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--profiles', 'with pools for usual work: high, normal, low, emails, reports and default')
      .addHelpText('after', '\nExample:\n  stellwerk init && stellwerk dev')
  },
  run: async ({ output, flags }) => {
    const directory = process.cwd()
    // A package that says it is CommonJS would have .ts read as such.
    const ending = packageType(directory) === 'commonjs' ? 'mts' : 'ts'
    const files = [
      {
        name: configurationName(directory) ?? `stellwerk.config.${ending}`,
        content: configurationTemplate(`./jobs.${ending}`, flags['profiles'] === true),
      },
      { name: `jobs.${ending}`, content: jobsTemplate },
    ]
    const results = files.map(({ name, content }) => ({
      file: name,
      written: writeNew(join(directory, name), content),
    }))
    const missing = ['stellwerk', 'zod'].filter((name) => !isInstalled(name, directory))
    if (output.json) {
      output.value({ files: results, missing })
      return 0
    }
    for (const { file, written } of results) output.line(written ? `wrote ${file}` : `kept ${file}: it exists`)
    output.line('\nNext:')
    if (missing.length > 0) output.line(`  npm install ${missing.join(' ')}`)
    if (!ignoresStore(directory)) output.line("  add the lines 'stellwerk.db*' and '.stellwerk/' to .gitignore")
    output.line(`  npx stellwerk dispatch greet '{"name": "Ada"}'\n  npx stellwerk dev`)
    return 0
  },
}

/** The configuration that this very directory holds, null where it holds none. */
function configurationName(directory: string): string | null {
  return configurationFileNames.find((name) => existsSync(join(directory, name))) ?? null
}

function writeNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError(
      'OPTION_INVALID',
      `${path} cannot be written: ${reason}; run init in a directory that is yours`,
      { cause },
    )
  }
}

function packageType(directory: string): string | null {
  try {
    const { type } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { readonly type?: unknown }
    return typeof type === 'string' ? type : null
  } catch {
    return null
  }
}

function isInstalled(name: string, directory: string): boolean {
  const require = createRequire(join(directory, 'jobs.ts'))
  return (require.resolve.paths(name) ?? []).some((path) => existsSync(join(path, name, 'package.json')))
}

function ignoresStore(directory: string): boolean {
  try {
    return readFileSync(join(directory, '.gitignore'), 'utf8').includes('stellwerk.db')
  } catch {
    return false
  }
}
