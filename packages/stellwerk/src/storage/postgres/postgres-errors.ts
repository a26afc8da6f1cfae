import { type ErrorCode, StellwerkError } from '../../domain/errors.ts'

/** Where the server is, without user and password: all that a message may show. */
export function describeAddress(address: string): string {
  try {
    const url = new URL(address)
    const host = url.searchParams.get('host') ?? url.host
    return `${host === '' ? 'localhost' : host}${url.pathname}`
  } catch {
    return 'the given address'
  }
}

interface Finding {
  readonly code: ErrorCode
  /** What happened and what to do; `%s` is the place, `%e` what the server said. */
  readonly text: string
}

const lost: Finding = {
  code: 'STORE_UNREACHABLE',
  text: 'PostgreSQL at %s cannot be reached (%e). Start the server, or correct host and port of the store address.',
}
const crowded: Finding = {
  code: 'STORE_UNREACHABLE',
  text: 'PostgreSQL at %s accepts no further connection (%e). Raise max_connections or the limit of this role, or put a pooler in between.',
}
const exhausted: Finding = {
  code: 'STORE_BUSY',
  text: 'No connection to PostgreSQL at %s came free (%e): all that this process may open were in use. Look for long transactions and locks, then repeat.',
}
const unknownDatabase: Finding = {
  code: 'STORE_ADDRESS_INVALID',
  text: 'PostgreSQL at %s does not have this database (%e). Create it, or correct the store address.',
}
const tlsNotOffered: Finding = {
  code: 'STORE_ADDRESS_INVALID',
  text: 'PostgreSQL at %s offers no TLS (%e). Turn ssl on in the server, or on a network that you trust set sslmode=disable in the store address.',
}
const tlsDemanded: Finding = {
  code: 'STORE_ADDRESS_INVALID',
  text: 'PostgreSQL at %s lets this connection in neither by host, user nor database (%e). Set sslmode=verify-full in the store address if it demands TLS, or add a line to its pg_hba.conf.',
}
const tlsNotTrusted: Finding = {
  code: 'STORE_ADDRESS_INVALID',
  text: 'PostgreSQL at %s shows a certificate that is not trusted (%e). Name its CA by sslrootcert=<file> in the store address, and the host by the name that the certificate bears.',
}
const missing: Finding = {
  code: 'SCHEMA_MISSING',
  text: 'PostgreSQL at %s holds no complete schema of Stellwerk (%e). Run: stellwerk migrate',
}
const denied: Finding = {
  code: 'STORE_ADDRESS_INVALID',
  text: 'PostgreSQL at %s refused the login (%e). Correct user and password of the store address.',
}
const forbidden: Finding = {
  code: 'STORE_NOT_WRITABLE',
  text: 'PostgreSQL at %s refused the right to do this (%e). Grant the user CREATE on the database, or ownership of the schema.',
}
const busy: Finding = {
  code: 'STORE_BUSY',
  text: 'PostgreSQL at %s did not get to it in time (%e). Look for long transactions and locks, then repeat.',
}
const full: Finding = {
  code: 'STORE_FULL',
  text: 'PostgreSQL at %s has no space left (%e). Free disk space on the server.',
}
const corrupt: Finding = {
  code: 'STORE_CORRUPT',
  text: 'PostgreSQL at %s reports damaged data (%e). Restore from a backup.',
}

const unstorable: Finding = {
  code: 'OPTION_INVALID',
  text: 'A text holds what PostgreSQL at %s cannot store (%e). Leave NUL characters out.',
}

/** By SQLSTATE. Source: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const findings: Readonly<Record<string, Finding>> = {
  '28P01': denied,
  '28000': denied,
  '3D000': unknownDatabase,
  '3F000': missing,
  '42P01': missing,
  '42883': missing,
  '42703': missing,
  '42501': forbidden,
  '25006': {
    code: 'STORE_NOT_WRITABLE',
    text: 'PostgreSQL at %s takes no writes (%e). Point the store address at the primary.',
  },
  '22021': unstorable,
  '57014': busy,
  '55P03': busy,
  '40P01': busy,
  '40001': busy,
  '53100': full,
  '53200': full,
  '53300': crowded,
  '57P01': lost,
  '57P02': lost,
  '57P03': lost,
  '25P03': lost,
  '57P05': lost,
  XX001: corrupt,
  XX002: corrupt,
}

/** By what the driver, TLS or a pooler says, where no SQLSTATE tells it (PgBouncer answers everything with 08P01); these come first. */
const sayings: readonly (readonly [RegExp, Finding])[] = [
  [/^SASL|password authentication failed|no such user|auth(?:entication)? failed/i, denied],
  [/no such database/i, unknownDatabase],
  [/does not support SSL/i, tlsNotOffered],
  [/no pg_hba\.conf entry/, tlsDemanded],
  [/self.signed certificate|unable to (?:verify|get).*certificate|certificate has expired|altnames/i, tlsNotTrusted],
  [/^timeout exceeded when trying to connect$/, exhausted],
  [/no more connections allowed|too many clients|remaining connection slots/i, crowded],
]

/**
 * An error of the driver as ours: a lost or refused connection is STORE_UNREACHABLE, what the server said is kept in the message and under
 * `details.sqlState`. `place` comes from {@link describeAddress}, so no password is ever shown.
 */
export function toStellwerkError(error: unknown, place: string): StellwerkError {
  if (error instanceof StellwerkError) return error
  const sqlState = sqlStateOf(error)
  const said = error instanceof Error ? saidBy(error) : String(error)
  const finding = sayings.find(([saying]) => saying.test(said))?.[1] ?? findingOf(sqlState)
  return new StellwerkError(
    finding.code,
    finding.text.replace('%s', place).replace('%e', () => said),
    {
      cause: error,
      details: sqlState === undefined ? {} : { sqlState },
    },
  )
}

/** The five characters of the server's error, undefined where it was not the server who spoke. */
export function sqlStateOf(error: unknown): string | undefined {
  const source = error instanceof StellwerkError ? error.cause : error
  if (!(source instanceof Error) || !('code' in source) || !('severity' in source)) return undefined
  return typeof source.code === 'string' ? source.code : undefined
}

function findingOf(sqlState: string | undefined): Finding {
  if (sqlState === undefined || sqlState.startsWith('08')) return lost
  return findings[sqlState] ?? { code: 'INTERNAL', text: 'PostgreSQL at %s refused a statement: %e' }
}

/** An AggregateError of several tried addresses has no message of its own. */
function saidBy(error: Error): string {
  if (error.message !== '') return error.message
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.name
}
