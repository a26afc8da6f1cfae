/** What a person or program may name a job by. */
export type JobRef = { readonly id: number } | { readonly uuid: string }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DIGITS = /^[1-9]\d{0,15}$/
const HALF = 0x7fffffff
const HALF_SIZE = 0x80000000

/**
 * The uuid of a job: RFC 9562 version 8, computed and never stored. Its first 60 bits stand for the installation, the other 62 hold the id,
 * spread by a four-round Feistel network so that neighbours do not look alike. An identifier, not a secret.
 * @throws RangeError where `id` is not an integer from 1 to 2^53 - 1 or the installation is not 32 hex digits
 */
export function uuidOf(installationId: string, id: number): string {
  if (!(Number.isSafeInteger(id) && id > 0)) throw new RangeError(`${id} is not a job id`)
  const keys = keysOf(installationId)
  let left = Math.floor(id / HALF_SIZE)
  let right = id % HALF_SIZE
  for (const key of keys) {
    const next = left ^ spread(right, key)
    left = right
    right = next
  }
  const tag = tagOf(keys)
  // 62 bits behind the variant '10': the halves are 31 bits each.
  const middle = hex((0x80000000 | (left >>> 1)) >>> 0)
  const low = hex((((left & 1) << 31) | right) >>> 0)
  const [first, second] = tag
  return `${first}-${second.slice(0, 4)}-8${second.slice(4, 7)}-${middle.slice(0, 4)}-${middle.slice(4)}${low}`
}

/** The id behind a uuid of this installation, null for any other text. The inverse of {@link uuidOf}. */
export function idOf(installationId: string, uuid: string): number | null {
  const text = uuid.toLowerCase()
  if (!UUID.test(text)) return null
  const digits = text.replaceAll('-', '')
  const middle = Number.parseInt(digits.slice(16, 24), 16)
  const low = Number.parseInt(digits.slice(24), 16)
  let left = (((middle & 0x3fffffff) << 1) | (low >>> 31)) & HALF
  let right = low & HALF
  for (const key of keysOf(installationId).toReversed()) {
    const previous = right ^ spread(left, key)
    right = left
    left = previous
  }
  const id = left * HALF_SIZE + right
  // One comparison covers tag, version, variant and range.
  return Number.isSafeInteger(id) && id > 0 && uuidOf(installationId, id) === text ? id : null
}

/** What `text` names: a decimal id, a uuid (lower-cased, of whatever installation), or null for neither. */
export function parseJobRef(text: string): JobRef | null {
  const trimmed = text.trim()
  if (DIGITS.test(trimmed)) {
    const id = Number(trimmed)
    return Number.isSafeInteger(id) ? { id } : null
  }
  const uuid = trimmed.toLowerCase()
  return UUID.test(uuid) ? { uuid } : null
}

function keysOf(installationId: string): readonly number[] {
  if (!/^[0-9a-f]{32}$/i.test(installationId)) throw new RangeError('an installation id has 32 hex digits')
  return [0, 8, 16, 24].map((at) => Number.parseInt(installationId.slice(at, at + 8), 16))
}

/** Two words in hex (60 bits of them used) that differ between installations and do not show their ids. */
function tagOf(keys: readonly number[]): readonly [string, string] {
  let high = 0x9e3779b9
  let low = 0x85ebca6b
  for (const key of keys) {
    high = mixed(high ^ key)
    low = mixed((low + high) ^ key)
  }
  return [hex(high >>> 0), hex(low >>> 0)]
}

function spread(half: number, key: number): number {
  return mixed((half + key) ^ 0x27d4eb2f) & HALF
}

/** The 32-bit finaliser of MurmurHash3 (Appleby, public domain): every input bit reaches every output bit. */
function mixed(value: number): number {
  let bits = value ^ (value >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
