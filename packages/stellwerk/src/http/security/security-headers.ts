/** What decides about the headers. */
export interface HeaderRules {
  /** Sources that may show the room in a frame, as CSP writes them, such as `'self'` or `https://portal.example.com`. None without a word. */
  readonly frameAncestors?: readonly string[] | undefined
}

/**
 * The headers of every answer. The policy lets the page load scripts, styles and figures from its own origin alone, run no inline script, send no form
 * elsewhere, and be shown in no foreign frame; texts never become scripts (trusted types).
 */
export function securityHeaders({ frameAncestors = [] }: HeaderRules): Readonly<Record<string, string>> {
  const ancestors = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'self'",
      `frame-ancestors ${ancestors}`,
      "require-trusted-types-for 'script'",
    ].join('; '),
    ...(frameAncestors.length === 0 && { 'x-frame-options': 'DENY' }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}
