/** A `Host` as name (lower case, IPv6 in brackets) and port; the standard ports of HTTP count as none. Null where it is malformed. */
export function splitHost(host: string): { readonly name: string; readonly port: string | null } | null {
  if (host.length > 300) return null
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(host)
  if (match === null) return null
  const [, name = '', port] = match
  const isStandard = port === undefined || port === '80' || port === '443'
  return { name: name.toLowerCase().replace(/\.$/, ''), port: isStandard ? null : port }
}
