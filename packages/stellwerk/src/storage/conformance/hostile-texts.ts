/** Texts that have broken stores elsewhere; each must come back byte for byte. All are well-formed and without NUL. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  "it's; DROP TABLE job; --",
  '"double" and `back` and \'single\'',
  '\\ \\\\ \\u0000 \\n',
  '$1 $2 ? ?1 :name @name %s %_ {"a":1}',
  'line\nbreak\r\ntab\tend',
  'emoji 👩‍👩‍👧‍👦 🚂 and flags 🇩🇪',
  'replacement \uFFFD and noncharacter \uFFFF and last \u{10FFFF}',
  'bidi \u202Eabc\u202C and zero\u200Bwidth',
  'combining é and composed é',
  '\u001B[31mred\u001B[0m \u0007 \u007F \u0085',
  '{1,2,"three",NULL}',
  'NULL',
  'x'.repeat(100_000),
  '漢字'.repeat(2_000),
]
