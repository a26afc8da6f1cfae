/** Ends a text that was cut. */
const CUT_MARK = '…'

/**
 * `text` as every store takes it: lone surrogates and NUL replaced by U+FFFD, and no longer than `maxBytes` in UTF-8.
 * A longer one is cut between characters and ends with '…', which counts.
 */
export function wellFormed(text: string, maxBytes: number): string {
  // Cut first where it is surely too long, so that the cost is bounded by the cap and not by hostile text.
  const bounded = text.length > maxBytes ? text.slice(0, maxBytes) : text
  const clean = withoutNul(bounded.isWellFormed() ? bounded : bounded.toWellFormed())
  if (bounded.length === text.length && fits(clean, maxBytes)) return clean
  return cutTo(clean, maxBytes)
}

/** Whether `text` can be stored as it is: no lone surrogate and no NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

function fits(text: string, maxBytes: number): boolean {
  // No UTF-16 unit takes more than three bytes.
  return text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes
}

function cutTo(text: string, maxBytes: number): string {
  const mark = maxBytes < Buffer.byteLength(CUT_MARK) ? '' : CUT_MARK
  const room = maxBytes - Buffer.byteLength(mark)
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(room))
  return text.slice(0, read) + mark
}
