// Writes docs/reference from the sources: the keys of the configuration, the exit codes, every command, and every route. With --check it only compares, and exits 1 where a file is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Setting } from '../packages/stellwerk/src/app/configuration/setting.ts'
import { settingNames, settings, variableOf } from '../packages/stellwerk/src/app/configuration/settings.ts'
import { commandTable } from '../packages/stellwerk/src/cli/command-table.ts'
import { exitCodeOf, exitCodes } from '../packages/stellwerk/src/cli/exit-codes.ts'
import { runCli } from '../packages/stellwerk/src/cli/run-cli.ts'
import { restReference } from './describe-rest.ts'

const directory = join(import.meta.dirname, '../docs/reference')
const marker = '<!-- From here on this file is written by scripts/generate-reference.ts: change the sources. -->'

/** The part of a file that people write: all up to the marker. */
function handWritten(file: string): string {
  const [head = ''] = readFileSync(join(directory, file), 'utf8').split(marker, 1)
  return `${head}${marker}\n\n`
}

function configurationKeys(): string {
  return settingNames
    .map((name) => {
      const { type, description, defaultValue, defaultNote } = settings[name] as Setting<unknown>
      const shownDefault = defaultNote ?? `\`${JSON.stringify(defaultValue)}\``
      return `## \`${name}\`\n\n${description}\n\n- Type: \`${type}\`\n- Default: ${shownDefault}\n- Variable: \`${variableOf(name)}\`\n`
    })
    .join('\n')
}

function exitCodeList(): string {
  const lines = Object.entries(exitCodes).map(([code, meaning]) => {
    const errors = Object.entries(exitCodeOf).flatMap(([error, exit]) =>
      exit === Number(code) ? [`\`${error}\``] : [],
    )
    return `- **${code}**: ${meaning}${errors.length > 0 ? ` Errors: ${errors.join(', ')}.` : ''}`
  })
  return `${lines.join('\n')}\n`
}

async function commandHelp(): Promise<string> {
  const sections: string[] = []
  for (const { name, summary } of commandTable) {
    const help = (await printed([name, '--help'])).replace(/\n\nGlobal Options:\n(?:[ ].*\n?)+/, '\n')
    sections.push(
      `## ${name}\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`,
    )
  }
  return sections.join('\n')
}

/** What a command line writes to the standard output. */
async function printed(args: readonly string[]): Promise<string> {
  const write = process.stdout.write.bind(process.stdout)
  let text = ''
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    text += String(chunk)
    return true
  }
  try {
    await runCli(args)
  } finally {
    process.stdout.write = write
  }
  return text
}

const generated: Readonly<Record<string, string>> = {
  'configuration.md': configurationKeys(),
  'exit-codes.md': exitCodeList(),
  'cli.md': await commandHelp(),
  'rest.md': restReference(),
}

for (const [file, content] of Object.entries(generated)) {
  const path = join(directory, file)
  const wanted = handWritten(file) + content
  if (readFileSync(path, 'utf8') === wanted) continue
  if (process.argv.includes('--check')) {
    console.error(`docs/reference/${file} is stale; run 'npm run docs:reference'`)
    process.exitCode = 1
  } else writeFileSync(path, wanted)
}
