import { redactAddress } from '../../app/configuration/redact-address.ts'
import type { FlagValues } from '../../app/configuration/resolve-configuration.ts'
import type { ConfigurationValues, SettingName } from '../../app/configuration/settings.ts'
import type { ControlRoomOptions } from '../../client/control-room-options.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type FirstToken, makeFirstToken } from '../first-token.ts'
import { addLogOptions, readLogFlags } from '../log-flags.ts'
import { type Project, withProject } from '../open-project.ts'
import type { Output } from '../output.ts'
import { textFlag } from '../read-flags.ts'
import { isLoopback, roomAddress } from '../room-address.ts'
import { listenRoom } from '../room-server.ts'
import { untilSignal } from '../until-signal.ts'

/** Options that are settings, with the key they set. */
const settingFlags: readonly (readonly [string, string, SettingName])[] = [
  ['host', '--host', 'http.host'],
  ['port', '--port', 'http.port'],
  ['publicUrl', '--public-url', 'http.publicUrl'],
  ['behindProxy', '--behind-proxy', 'http.behindProxy'],
  ['tlsCert', '--tls-cert', 'http.tls.cert'],
  ['tlsKey', '--tls-key', 'http.tls.key'],
  ['environment', '--environment', 'http.environment'],
  ['title', '--title', 'http.title'],
  ['readOnly', '--read-only', 'http.readOnly'],
]

/** `stellwerk serve`: the control room in this process, until a signal stops it. */
export const serveCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--host <address>', 'address to listen on; without it this machine alone reaches it')
      .option('--port <number>', 'port to listen on, 0 = any that is free')
      .option('--public-url <url>', 'where people reach it')
      .option('--behind-proxy', 'a proxy of yours stands before it: believe its X-Forwarded fields')
      .option('--tls-cert <file>', 'certificate in PEM: speak https')
      .option('--tls-key <file>', 'key of the certificate')
      .option('--environment <name>', 'such as production')
      .option('--title <text>', 'name shown in the page and the tab')
      .option('--read-only', 'nothing can be changed through it')
      .option('--login-link', 'print a link that logs in once, within ten minutes, in place of a token')
      .option('--insecure-no-auth', 'let everybody on this machine do everything; on loopback only')
      .addHelpText(
        'after',
        [
          '',
          'The first start makes a token of an admin and prints it, once. Without a terminal, where a log would keep it, it goes into the',
          'file first-token of the state folder (stateDir), which its owner alone can read. More of them: stellwerk token create.',
          'TERM, INT and QUIT end it: it takes nothing new, and answers what is under way.',
          '',
          'Examples:',
          '  stellwerk serve',
          '  stellwerk serve --port 8080 --behind-proxy --public-url https://jobs.example.com',
        ].join('\n'),
      )
    addLogOptions(command)
  },
  run: (invocation) =>
    withProject(invocation, { jobs: 'if they load', station: true, flags: readSettingFlags(invocation) }, (project) =>
      serve(invocation, project),
    ),
}

async function serve({ flags, output }: Invocation, { stellwerk, configuration }: Project): Promise<ExitCode> {
  const { values } = configuration
  const isOpenToAll = flags['insecureNoAuth'] === true
  const address = roomAddress(values, { isOpenToAll })
  const room = stellwerk.controlRoom(roomOptions(values, { isOpenToAll, hasLink: flags['loginLink'] === true }))
  const server = await listenRoom(room, address)
  try {
    const way: WayIn = isOpenToAll
      ? {}
      : flags['loginLink'] === true
        ? { path: await room.loginPath() }
        : { first: await makeFirstToken(stellwerk, { isTerminal: output.width !== null, stateDir: values.stateDir }) }
    if (output.json) output.value(jsonOf(server.url, way))
    else for (const line of linesOf(server.url, { way, values })) output.line(line)
    warnOfNoToken(output, way.first)
    if (isOpenToAll) output.note('stellwerk: everybody on this machine can do everything here (--insecure-no-auth)')
    if (isUnreachable(values))
      output.note(
        'stellwerk: it answers under localhost alone until http.publicUrl or http.allowedHosts names the host that people use',
      )
    const { log } = stellwerk.deps()
    log.info('control room listens', { url: server.url, store: redactAddress(values.store) })
    await untilSignal()
    log.info('control room stops')
    return 0
  } finally {
    await server.close()
  }
}

interface WayIn {
  readonly path?: string
  /** Null: there are tokens already. */
  readonly first?: FirstToken | null
}

function jsonOf(url: string, { path, first }: WayIn): object {
  return {
    url,
    ...(first?.kind === 'shown' && { token: first.token }),
    ...(first?.kind === 'kept' && { tokenFile: first.file }),
    ...(path !== undefined && { loginUrl: url + path }),
  }
}

function linesOf(
  url: string,
  { way, values }: { readonly way: WayIn; readonly values: ConfigurationValues },
): readonly string[] {
  const lines = [`control room of ${redactAddress(values.store)}: ${url}/`]
  if (way.path !== undefined) lines.push(`log in once, within ten minutes: ${url}${way.path}`)
  const { first } = way
  if (first?.kind === 'shown')
    lines.push('', 'A token of an admin, shown this once; keep it safe:', `  ${first.token}`, '')
  if (first?.kind === 'kept')
    lines.push(`a token of an admin, which only its owner can read: ${first.file}; keep it safe, then remove the file`)
  return lines
}

function warnOfNoToken(output: Output, first: FirstToken | null | undefined): void {
  if (first?.kind !== 'none') return
  output.note(
    `stellwerk: no first token was made, since ${first.folder} cannot be written (${first.reason}); make one: stellwerk token create ada --role admin`,
  )
}

interface RoomUse {
  readonly isOpenToAll: boolean
  readonly hasLink: boolean
}

function roomOptions(values: ConfigurationValues, { isOpenToAll, hasLink }: RoomUse): ControlRoomOptions {
  const host = values['http.host']
  const publicUrl = values['http.publicUrl']
  return {
    behindProxy: values['http.behindProxy'],
    allowedHosts: [...values['http.allowedHosts'], ...(isLoopback(host) || isWildcard(host) ? [] : [host])],
    readOnly: values['http.readOnly'],
    snapshotAlarm: values.snapshotAlarm,
    ...(publicUrl !== null && { publicUrl }),
    ...(values['http.title'] !== null && { title: values['http.title'] }),
    ...(values['http.environment'] !== null && { environment: values['http.environment'] }),
    ...(isOpenToAll && { authorize: () => ({ role: 'admin', name: 'everybody' }) as const }),
    // Somebody holds the link: the page never says that nobody can enter.
    ...(hasLink && { authorize: () => null }),
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]'
}

function isUnreachable(values: ConfigurationValues): boolean {
  return (
    isWildcard(values['http.host']) && values['http.publicUrl'] === null && values['http.allowedHosts'].length === 0
  )
}

function readSettingFlags({ flags }: Invocation): FlagValues {
  const given = settingFlags.map(([key, flag, name]) => {
    const text = flags[key] === true ? 'true' : textFlag(flags, key)
    return [name, { flag, text }] as const
  })
  return {
    ...readLogFlags(flags),
    ...(Object.fromEntries(given.filter(([, { text }]) => text !== undefined)) as FlagValues),
  }
}
