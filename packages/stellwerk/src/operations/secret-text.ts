import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as 43 characters of base64url, behind a prefix that says what it is. */
export function createSecret(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** SHA-256 of a secret as 64 hex digits: all that is ever stored of it. No salt and no stretching, since it has 256 random bits. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Takes the place of a hash that is not there, so that as much is computed. */
const noHash = '0'.repeat(64)

/** Whether two hashes are the same, in a time that tells nothing of where they differ. Undefined takes as long, and is the same as nothing. */
export function isSameHash(hash: string, stored: string | undefined): boolean {
  const same = timingSafeEqual(digest(hash), digest(stored ?? noHash))
  return same && stored !== undefined
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
