import { readFileSync } from 'node:fs'
import type { ConfigurationValues } from '../app/configuration/settings.ts'
import { StellwerkError } from '../domain/errors.ts'

/** Where a control room listens, and as what the world sees it. */
export interface RoomAddress {
  readonly host: string
  readonly port: number
  /** Certificate and key in PEM; null = plain http. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
}

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/**
 * Where the configuration wants the control room. What other machines reach must be encrypted, by itself or by a proxy that the configuration vouches for, and is
 * never open to everybody. @throws OPTION_INVALID, CONFIG_INVALID for files of TLS that cannot be read
 */
export function roomAddress(
  values: ConfigurationValues,
  { isOpenToAll }: { readonly isOpenToAll: boolean },
): RoomAddress {
  const host = values['http.host']
  const tls = readTls(values['http.tls.cert'], values['http.tls.key'])
  if (!isLoopback(host)) {
    if (isOpenToAll)
      throw new StellwerkError(
        'OPTION_INVALID',
        `--insecure-no-auth: '${host}' is reached by other machines, and everybody could do everything; leave http.host at 127.0.0.1`,
      )
    if (tls === null && !values['http.behindProxy'])
      throw new StellwerkError(
        'OPTION_INVALID',
        `'${host}' is reached by other machines, and tokens would travel in the open; give --tls-cert and --tls-key, or --behind-proxy where a proxy of yours speaks TLS`,
      )
  }
  return { host, port: values['http.port'], tls }
}

function readTls(cert: string | null, key: string | null): RoomAddress['tls'] {
  if (cert === null && key === null) return null
  if (cert === null || key === null)
    throw new StellwerkError(
      'OPTION_INVALID',
      `http.tls: the ${cert === null ? 'certificate' : 'key'} is missing; give both, --tls-cert and --tls-key`,
    )
  return { cert: readPem(cert), key: readPem(key) }
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError('CONFIG_INVALID', `http.tls: ${path} cannot be read: ${reason}`, { cause })
  }
}
