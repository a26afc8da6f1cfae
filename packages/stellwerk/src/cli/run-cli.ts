import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import type { CliCommand, GlobalFlags } from './cli-command.ts'
import { commandTable } from './command-table.ts'
import type { ExitCode } from './exit-codes.ts'
import { createOutput, type Output } from './output.ts'
import { reportError } from './report-error.ts'

/** Global options that take a value: what follows them is no command. */
const withValue = new Set(['--store', '--schema', '--config'])

/** Runs one command line; returns its exit code. Never throws: an error is reported here. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const output = createOutput({ json: args.includes('--json'), colour: !args.includes('--no-color') })
  try {
    return await execute(args, output)
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    return reportError(error, output, chosenCommand(args)?.name)
  }
}

async function execute(args: readonly string[], output: Output): Promise<ExitCode> {
  const program = createProgram(output)
  for (const { name, summary } of commandTable) addCommand(program, name, summary)
  const entry = chosenCommand(args)
  const command = program.commands.find((candidate) => candidate.name() === entry?.name)
  if (entry === undefined || command === undefined) {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return 0
  }
  let exitCode: ExitCode = 0
  const loaded: CliCommand = await entry.load()
  loaded.configure(command)
  command.action(async () => {
    exitCode = await loaded.run({
      operands: command.args,
      flags: command.opts(),
      global: program.opts<GlobalFlags>(),
      output,
    })
  })
  await program.parseAsync(args, { from: 'user' })
  return exitCode
}

function createProgram(output: Output): Command {
  return new Command('stellwerk')
    .description('Background jobs for TypeScript with the control room built in.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .option('--config <file>', 'configuration to use in place of the search')
    .option('--store <address>', "store to use: 'sqlite:<path>' or 'postgres://...'")
    .option('--schema <name>', 'schema within PostgreSQL')
    .option('--json', 'print JSON')
    .option('--no-color', 'print without colours')
    .configureOutput({
      writeErr: () => {},
      getOutHasColors: () => false,
      ...(output.width !== null && { getOutHelpWidth: () => output.width ?? 80 }),
    })
    .exitOverride()
}

function addCommand(program: Command, name: string, summary: string): void {
  program
    .command(name)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .summary(summary)
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ showGlobalOptions: true })
    .action(() => {})
}

function chosenCommand(args: readonly string[]): (typeof commandTable)[number] | undefined {
  const chosen = chosenName(args)
  return commandTable.find(({ name }) => name === chosen)
}

/** The first word that is no option: the command, or the one that `help` is asked about. */
function chosenName(args: readonly string[]): string | undefined {
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (withValue.has(word)) at++
    else if (!word.startsWith('-')) words.push(word)
  }
  return words[0] === 'help' ? words[1] : words[0]
}

function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string }
  return version
}
