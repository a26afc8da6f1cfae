import type { Command } from 'commander'
import { type Role, roles } from '../../domain/access/role.ts'
import { StellwerkError } from '../../domain/errors.ts'
import { createToken } from '../../operations/create-token.ts'
import { listTokens } from '../../operations/list-tokens.ts'
import { revokeToken } from '../../operations/revoke-token.ts'
import { didYouMean } from '../../std/did-you-mean.ts'
import type { TokenRecord } from '../../storage/token-store.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type Project, withProject } from '../open-project.ts'
import { durationOf, integerOf, textFlag, wordOf } from '../read-flags.ts'
import { showTime } from '../show-time.ts'
import { type Column, writeTable } from '../table.ts'
import { toJson } from '../to-json.ts'

type Verb = (invocation: Invocation, project: Project) => Promise<ExitCode>

/** What can be done with tokens, by its word. */
const verbs: Readonly<Record<string, Verb>> = { create, list, revoke }

/** `stellwerk token create|list|revoke`: who may use the REST interface and the control room. */
export const tokenCommand: CliCommand = {
  configure: (command) => {
    addOptions(command).addHelpText(
      'after',
      [
        '',
        'create NAME makes a token and prints it this once; only its hash is stored. list shows what there is. revoke ID ends one, and the sessions that it opened.',
        '',
        'Examples:',
        '  stellwerk token create dashboard --role viewer',
        '  stellwerk token create shop --role producer --queues emails,invoices --expires 90d',
        '  stellwerk token list',
        '  stellwerk token revoke 3',
      ].join('\n'),
    )
  },
  run: (invocation) => {
    const [word = ''] = invocation.operands
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined
    if (verb === undefined) throw unknownVerb(word)
    return withProject(invocation, {}, (project) => verb(invocation, project))
  },
}

function addOptions(command: Command): Command {
  return command
    .argument('<what>', `what to do: ${Object.keys(verbs).join(', ')}`)
    .argument('[name]', 'name of the new token, or id of the one to revoke')
    .option('--role <role>', `what it may do: ${roles.join(', ')}`)
    .option('--queues <names>', 'only these queues, separated by commas; a producer needs some')
    .option('--expires <duration>', "when it ends by itself: '90d'; without it never")
}

async function create({ operands, flags, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const name = operands[1]
  if (name === undefined) throw missing("give the new token a name: 'stellwerk token create dashboard --role viewer'")
  const { token, text } = await createToken(stellwerk.deps(), {
    name,
    role: readRole(flags),
    queues: readQueues(flags),
    lifetimeMs: readLifetime(flags),
  })
  if (output.json) output.value({ ...toJson(token), text })
  else {
    output.line(text)
    output.note(`token ${token.id}, ${token.role}; keep it now, it is not shown again`)
  }
  return 0
}

async function list({ operands, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  refuseOperand(operands)
  const tokens = await listTokens(stellwerk.deps())
  const now = await stellwerk.now()
  if (output.json) output.value({ tokens: tokens.map((token) => ({ ...toJson(token), state: stateOf(token, now) })) })
  else if (tokens.length === 0) output.note("there is no token yet; make one with 'stellwerk token create'")
  else writeTable(output, columnsAt(now), tokens)
  return 0
}

async function revoke({ operands, output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const [, ref] = operands
  if (ref === undefined) throw missing("say which: 'stellwerk token revoke 3'; 'stellwerk token list' shows the ids")
  const id = integerOf('id', ref, [1, Number.MAX_SAFE_INTEGER])
  const revoked = await revokeToken(stellwerk.deps(), id)
  if (output.json) output.value({ id: String(id), revoked })
  else output.line(revoked ? `revoked token ${id}` : `token ${id} was revoked before`)
  return 0
}

function columnsAt(now: number): readonly Column<TokenRecord>[] {
  return [
    { header: 'ID', text: ({ id }) => String(id), align: 'right' },
    { header: 'NAME', text: ({ name }) => name, shrinks: true },
    { header: 'ROLE', text: ({ role }) => role },
    { header: 'QUEUES', text: ({ queues }) => queues?.join(', ') ?? '', shrinks: true, spare: 2 },
    { header: 'TOKEN', text: ({ prefix }) => `${prefix}…`, spare: 4 },
    {
      header: 'STATE',
      text: (token) => stateOf(token, now),
      colour: (token) => (stateOf(token, now) === 'live' ? 'green' : 'dim'),
    },
    { header: 'EXPIRES', text: ({ expiresAt }) => showTime(expiresAt) || 'never', spare: 1 },
    { header: 'LAST USED', text: ({ lastUsedAt }) => showTime(lastUsedAt) || 'never', spare: 3 },
    { header: 'CREATED BY', text: ({ createdBy }) => createdBy, shrinks: true, spare: 5 },
  ]
}

function stateOf({ revokedAt, expiresAt }: TokenRecord, now: number): 'live' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'live'
}

function readRole(flags: Invocation['flags']): Role {
  const text = textFlag(flags, 'role')
  if (text === undefined) throw missing(`say what it may do: --role ${roles.join(' | ')}`)
  return wordOf('--role', text, roles)
}

function readQueues(flags: Invocation['flags']): readonly string[] | null {
  const text = textFlag(flags, 'queues')
  return text === undefined ? null : text.split(',').map((name) => name.trim())
}

function readLifetime(flags: Invocation['flags']): number | null {
  const text = textFlag(flags, 'expires')
  return text === undefined ? null : durationOf('--expires', text)
}

function refuseOperand([, extra]: readonly string[]): void {
  if (extra !== undefined) throw missing(`'${extra}' is one word too many; 'stellwerk token list' takes none`)
}

function unknownVerb(word: string): StellwerkError {
  const known = Object.keys(verbs)
  return missing(`token: '${word}' is not one of ${known.join(', ')}${didYouMean(word, known)}`)
}

function missing(message: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', message)
}
