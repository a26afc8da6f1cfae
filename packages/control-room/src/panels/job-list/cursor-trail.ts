/** Remembers, for this tab, from which page of a list each page was reached: cursors only lead on, never back. */
export class CursorTrail {
  readonly #before = new Map<string, string>()

  /** Notes that `cursor` was reached from `from`; both as the address has them, '' = the first page. */
  note(cursor: string, from: string): void {
    if (cursor !== '') this.#before.set(cursor, from)
  }

  /** The page before; null where it is not known, as after the address was pasted. */
  before(cursor: string): string | null {
    return this.#before.get(cursor) ?? null
  }
}
