import type { Role } from '../domain/access/role.ts'

/** A token as it is stored: its text is known to its bearer alone, here is the SHA-256 of it as 64 hex digits. */
export interface NewToken {
  readonly hash: string
  /** The first characters of the text, so that people can tell tokens apart. */
  readonly prefix: string
  readonly name: string
  readonly role: Role
  /** Null = every queue. */
  readonly queues: readonly string[] | null
  readonly createdBy: string
  /** From now on, ms; null = it does not expire. */
  readonly lifetimeMs: number | null
}

/** A token as lists show it; times in Unix ms. `lastUsedAt` is exact to a minute. */
export interface TokenRecord extends Omit<NewToken, 'hash' | 'lifetimeMs'> {
  readonly id: number
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

/** A token that holds now: neither revoked nor expired. `now` is the time of the store at which that was so. */
export interface LiveToken extends TokenRecord {
  readonly hash: string
  readonly now: number
}

/** Role of everyone who deals with tokens. */
export interface TokenStore {
  /** Returns what was stored, with its id. */
  create(token: NewToken): Promise<TokenRecord>
  /** Newest first, those that no longer hold included; at most `limit`. */
  list(limit: number): Promise<readonly TokenRecord[]>
  /** Undefined: there is none, or it no longer holds. */
  findLive(hash: string): Promise<LiveToken | undefined>
  /** Notes that it was used now. Guarded: at most once a minute. */
  touch(id: number): Promise<void>
  /** Guarded: `revoked` by this call, revoked `before`, or `absent`. Its sessions no longer hold either. */
  revoke(id: number): Promise<'revoked' | 'before' | 'absent'>
  /** How many hold now. */
  countLive(): Promise<number>
}
