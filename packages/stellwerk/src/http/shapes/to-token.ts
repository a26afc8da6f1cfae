import type { TokenRecord } from '../../storage/token-store.ts'
import type { Token } from '../schemas/token.ts'
import { toIso, toIsoOrNull } from './to-job.ts'

/** A token as the interface shows it, without its text. Pure. */
export function toToken(token: TokenRecord): Token {
  const { id, name, role, queues, prefix, createdBy } = token
  return {
    id: String(id),
    name,
    role,
    queues: queues === null ? null : [...queues],
    prefix,
    createdAt: toIso(token.createdAt),
    createdBy,
    expiresAt: toIsoOrNull(token.expiresAt),
    lastUsedAt: toIsoOrNull(token.lastUsedAt),
    revokedAt: toIsoOrNull(token.revokedAt),
  }
}
