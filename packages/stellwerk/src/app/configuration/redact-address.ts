/** A store's address without its password: 'postgres://user:***@host/db'. Safe to show and to log. */
export function redactAddress(address: string): string {
  return address
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*?):.*@/i, '$1:***@')
    .replaceAll(/([?&][^=&]*(?:password|secret|token|sslkey|passfile)[^=&]*=)[^&#]*/gi, '$1***')
}
