/** The key of the table row that has the focus, or something in it; null where none has. */
export function focusedKey(): string | null {
  return document.activeElement?.closest('tr[data-key]')?.getAttribute('data-key') ?? null
}
