import type { Role } from '../domain/access/role.ts'

/** A one-time link; `hash` is the SHA-256 of its code as hex digits. */
export interface NewLoginLink {
  readonly hash: string
  readonly createdBy: string
  readonly lifetimeMs: number
}

/** A session; `hash` is the SHA-256 of its text as hex digits. */
export interface NewSession {
  readonly hash: string
  /** The token it lives and dies with; null where it came from a link. */
  readonly tokenId: number | null
  readonly name: string
  readonly role: Role
  readonly queues: readonly string[] | null
  readonly lifetimeMs: number
}

/** A session that holds now. `now` is the time of the store at which that was so. */
export interface LiveSession extends Omit<NewSession, 'lifetimeMs'> {
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly endsAt: number
  readonly now: number
}

/** Role of everyone who logs in. */
export interface SessionStore {
  createLink(link: NewLoginLink): Promise<void>
  /** One guarded statement takes the link away, and where there was a live one the session of its maker is opened in the same transaction; returns the maker, or null. */
  redeemLink(linkHash: string, session: Omit<NewSession, 'tokenId' | 'name' | 'queues'>): Promise<string | null>
  open(session: NewSession): Promise<void>
  /** Undefined: there is none, it has ended, was idle for longer than `idleMs`, or its token no longer holds. */
  findLive(hash: string, idleMs: number): Promise<LiveSession | undefined>
  /** Notes that it was used now. Guarded: at most once a minute. */
  touch(hash: string): Promise<void>
  /** False: there was none. */
  close(hash: string): Promise<boolean>
  /** Removes at most `limit` sessions that no longer hold, and as many links; returns how many. */
  sweep(idleMs: number, limit: number): Promise<number>
}
