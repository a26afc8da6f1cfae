/** C0 (with ESC), DEL and C1: what a terminal obeys. */
const CONTROL = /\p{Cc}/u
/** Marks that reorder, hide or break what is shown: bidirectional controls, line and paragraph separators, byte order mark, tag characters. */
const TRICK = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u
const UNSAFE = new RegExp(`${CONTROL.source}|${TRICK.source}`, 'gu')
const UNSAFE_BUT_LINES = new RegExp(`(?![\\n\\t])(?:${UNSAFE.source})`, 'gu')
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** `text` for one line of a terminal or log: every control, escape and bidirectional character is shown as an escape such as `\x1b`; nothing is dropped. */
export function safeLine(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, escaped)
}

/** As {@link safeLine} for text of several lines: line feeds and tabs stay, CR LF becomes a line feed. */
export function safeLines(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replaceAll(UNSAFE_BUT_LINES, escaped)
}

/** `text` with every character that {@link safeLine} escapes written as `write` says. */
export function escapeUnsafe(text: string, write: (character: string) => string): string {
  return text.toWellFormed().replaceAll(UNSAFE, write)
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return NAMED[character] ?? `\\x${code.toString(16).padStart(2, '0')}`
  return `\\u{${code.toString(16)}}`
}
