const MARK = '***'

/** `scheme://user:password@`; the password may hold anything but white space. */
const ADDRESS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/?#]{0,128}:)[^\s]{1,256}@/gi

const KEY = '(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|authorization|cookie|credentials?)'
const VALUE = `("[^"\\n]{0,2000}"|'[^'\\n]{0,2000}'|(?:bearer|basic)\\s{1,3}\\S+|[^\\s&,;)}\\]"']+)`
/** key=value, "key": value, and key: value where the key is no ordinary word of a message. */
const PAIR = new RegExp(
  [
    `(\\b[\\w-]{0,40}?${KEY}[\\w-]{0,20}\\s{0,3}=\\s{0,3}`,
    `["'][\\w-]{0,40}?${KEY}[\\w-]{0,20}["']\\s{0,3}:\\s{0,3}`,
    `\\b(?:password|passwd|passphrase|pwd|authorization|api[_-]?key):\\s{1,3})${VALUE}`,
  ].join('|'),
  'gi',
)

/** `text` with the passwords of connection strings and the values of pairs such as `password=...` replaced by `***`. Every pattern is bounded. */
export function redactSecrets(text: string): string {
  return text.replaceAll(ADDRESS, `$1${MARK}@`).replaceAll(PAIR, `$1${MARK}`)
}
