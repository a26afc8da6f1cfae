import { StellwerkError } from '../../domain/errors.ts'

const pattern = /^[a-z_][a-z0-9_]{0,62}$/

/** The schema's name as a quoted SQL identifier. @throws OPTION_INVALID for a name that needs more than a-z, 0-9 and _ */
export function quoteSchema(name: string): string {
  if (!pattern.test(name) || name.startsWith('pg_')) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `The schema name ${JSON.stringify(name)} is not allowed: use a-z, 0-9 and _, at most 63, not beginning with a digit or pg_.`,
      { details: { schema: name } },
    )
  }
  return `"${name}"`
}

/** The notification channel of a schema: a channel's name has at most 63 bytes, so a long schema name is hashed into it. */
export function wakeChannel(schemaName: string): string {
  const channel = `${schemaName}_wake`
  return channel.length <= 63 ? channel : `${schemaName.slice(0, 46)}_${fnv1a(schemaName)}_wake`
}

/** FNV-1a, 32 bits, as 8 hex digits. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
