const deepest = 5

/** What the server said, where a library has wrapped it (Drizzle: `cause`; Prisma: `meta`); otherwise the error itself. */
export function serverErrorOf(error: unknown): unknown {
  let inner = error
  for (let depth = 0; depth < deepest && inner instanceof Error; depth++) {
    if ('severity' in inner) return inner
    const told = fromMeta(inner)
    if (told !== undefined) return told
    inner = inner.cause
  }
  return error
}

/** Prisma gives the SQLSTATE of a raw statement as `meta.code`. Source: https://www.prisma.io/docs/orm/reference/error-reference (P2010) */
function fromMeta(error: Error): Error | undefined {
  const meta = 'meta' in error ? error.meta : undefined
  if (typeof meta !== 'object' || meta === null || !('code' in meta) || typeof meta.code !== 'string') return undefined
  const message = 'message' in meta && typeof meta.message === 'string' ? meta.message : error.message
  return Object.assign(new Error(message, { cause: error }), { code: meta.code, severity: 'ERROR' })
}
