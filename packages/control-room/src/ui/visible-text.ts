/** Colours of terminals, which mean nothing on a page. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const colours = /\u001b\[[\d;]*m/g

/** Controls but tab and line feed, and signs that turn the direction of what stands beside them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A text of others with everything in it visible: `\x1b` in place of an escape; colours of terminals are left out. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(colours, '').replaceAll(hidden, escaped)
}

function escaped(sign: string): string {
  const code = sign.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
