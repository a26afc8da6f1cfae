import type { CliCommand } from '../cli-command.ts'
import { DevSession } from '../dev-session.ts'

/** `stellwerk dev`: a station in a child process that restarts whenever a module it loaded changes. */
export const devCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--concurrency <number>', 'handlers at a time')
      .option('--queue <names>', "queues in strict order, 'high,default', or by weight, 'high=5,default=1'")
      .option('-q, --quiet', 'no line per claim, start and end')
      .addHelpText(
        'after',
        '\nA module that does not load is reported, and tried again when it changes. Ctrl+C ends it.\n\nExample:\n  stellwerk dev',
      )
  },
  run: ({ flags, global, output }) => {
    const args = ['work', ...(flags['quiet'] === true ? [] : ['--verbose'])]
    for (const key of ['concurrency', 'queue'] as const)
      if (typeof flags[key] === 'string') args.push(`--${key}`, flags[key])
    for (const key of ['store', 'schema', 'config'] as const)
      if (global[key] !== undefined) args.push(`--${key}`, global[key])
    return new DevSession({ args, output }).run()
  },
}
