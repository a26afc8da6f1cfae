import type { CliCommand, GlobalFlags } from '../cli-command.ts'
import { DevSession } from '../dev-session.ts'
import { addLogOptions, logArguments } from '../log-flags.ts'

/** `stellwerk dev`: a station that restarts whenever a module it loaded changes, and the control room beside it, each in a child process. */
export const devCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--concurrency <number>', 'handlers at a time')
      .option('--queue <names>', "queues in strict order, 'high,default', or by weight, 'high=5,default=1'")
      .option('-q, --quiet', 'no line per claim, start and end')
      .option('--port <number>', 'port of the control room')
      .option('--no-room', 'a station alone, without the control room')
      .addHelpText(
        'after',
        [
          '',
          'The control room prints a link that logs in once, within ten minutes. It goes on while the station restarts; when the configuration changes it starts anew.',
          'A module that does not load is reported, and tried again when it changes. Ctrl+C ends both.',
          '',
          'Example:',
          '  stellwerk dev',
        ].join('\n'),
      )
    addLogOptions(command)
  },
  run: ({ flags, global, output }) => {
    const station = ['work', '--executor', 'inline', ...(flags['quiet'] === true ? [] : ['--verbose'])]
    for (const key of ['concurrency', 'queue'] as const)
      if (typeof flags[key] === 'string') station.push(`--${key}`, flags[key])
    const room = ['serve', '--login-link', ...(typeof flags['port'] === 'string' ? ['--port', flags['port']] : [])]
    const shared = [...logArguments(flags), ...placeFlags(global)]
    return new DevSession({
      station: [...station, ...shared],
      room: flags['room'] === false ? null : [...room, ...shared],
      configurationFile: global.config ?? null,
      output,
    }).run()
  },
}

function placeFlags(global: GlobalFlags): readonly string[] {
  return (['store', 'schema', 'config'] as const).flatMap((key) =>
    global[key] === undefined ? [] : [`--${key}`, global[key]],
  )
}
