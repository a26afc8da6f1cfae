/** A text as one word of a POSIX shell: as it is where nothing in it means anything there, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w.:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
