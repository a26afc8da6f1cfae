import { splitHost } from './split-host.ts'

/** Which hosts a control room answers to, beside the names of this machine's loopback. */
export interface HostRules {
  /** Where people reach it, such as `https://jobs.example.com`. */
  readonly publicUrl?: string | undefined
  /** Further hosts: `jobs.internal` (any port), `jobs.internal:8080`, `.example.com` (any name below). */
  readonly allowedHosts?: readonly string[] | undefined
}

/** Says of the value of a `Host` header whether it is one of ours; a missing or malformed one never is. */
export type HostCheck = (host: string | null) => boolean

/**
 * A check against DNS rebinding: a page of another site whose name suddenly points here still sends its own name.
 * Loopback names are allowed with any port, so that tunnels work.
 */
export function createHostCheck({ publicUrl, allowedHosts = [] }: HostRules): HostCheck {
  const own = publicUrl === undefined ? null : splitHost(new URL(publicUrl).host)
  const rules = allowedHosts.map((rule) => rule.toLowerCase())
  return (host) => {
    const parts = host === null ? null : splitHost(host)
    if (parts === null) return false
    const isOwn = own !== null && own.name === parts.name && own.port === parts.port
    return isOwn || isLoopbackName(parts.name) || rules.some((rule) => matches(rule, parts))
  }
}

/** Whether a host name can only mean this machine: localhost, 127.0.0.0/8, [::1]. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

function matches(rule: string, { name, port }: { readonly name: string; readonly port: string | null }): boolean {
  if (rule.startsWith('.')) return name.endsWith(rule) && name.length > rule.length
  const allowed = splitHost(rule)
  return allowed !== null && allowed.name === name && (allowed.port === null || allowed.port === port)
}
