/** An object's fields as they are where they are set. */
type Set<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** The same without the fields that are undefined: what is not asked for narrows nothing. Pure. */
export function withoutUnset<T extends object>(given: T): Set<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Set<T>
}
