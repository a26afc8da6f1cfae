/** How one value stands in the address. `read` gets every text under its name, `write` gives what to put there; nothing = leave it out. */
export interface SearchParam<Value> {
  read(texts: readonly string[]): Value
  write(value: Value): readonly string[]
}

/** Any text; '' when it is not there. */
export const textParam: SearchParam<string> = {
  read: ([text = '']) => text.trim(),
  write: (text) => (text === '' ? [] : [text]),
}

/** One of the allowed values; the first of them when it is not there, or is none of them. */
export function choiceParam<const Value extends string>(allowed: readonly [Value, ...Value[]]): SearchParam<Value> {
  const [standard] = allowed
  return {
    read: ([text]) => allowed.find((value) => value === text) ?? standard,
    write: (value) => (value === standard ? [] : [value]),
  }
}

/** Any of the allowed values, with commas between them, in the order of `allowed`; none when it is not there. */
export function listParam<const Value extends string>(allowed: readonly Value[]): SearchParam<readonly Value[]> {
  return {
    read(texts) {
      const found = new Set(texts.flatMap((text) => text.split(',')))
      return allowed.filter((value) => found.has(value))
    },
    write: (values) => (values.length === 0 ? [] : [values.join(',')]),
  }
}

/** Texts with commas between them. */
export const textsParam: SearchParam<readonly string[]> = {
  read: (texts) =>
    [...new Set(texts.flatMap((text) => text.split(',')).map((text) => text.trim()))].filter((text) => text !== ''),
  write: (values) => (values.length === 0 ? [] : [values.join(',')]),
}

/** On or off; off when it is not there. */
export const flagParam: SearchParam<boolean> = {
  read: ([text]) => text === '1',
  write: (value) => (value ? ['1'] : []),
}

/** The values of a set of parameters. */
export type SearchValues<Params> = {
  readonly [Name in keyof Params]: Params[Name] extends SearchParam<infer Value> ? Value : never
}

/** Reads and writes the query of an address. */
export interface SearchCodec<Values> {
  /** What `search` (with or without its question mark) says; names that are not known are passed over. */
  read(search: string): Values
  /** The query of these values, without a question mark; '' when all are as they are anyway. */
  write(values: Values): string
}

/** A codec of named parameters; values that are as they are anyway do not stand in the address. */
export function defineSearch<const Params extends Readonly<Record<string, SearchParam<unknown>>>>(
  params: Params,
): SearchCodec<SearchValues<Params>> {
  const entries = Object.entries(params) as [string, SearchParam<unknown>][]
  return {
    read(search) {
      const query = new URLSearchParams(search)
      return Object.fromEntries(
        entries.map(([name, param]) => [name, param.read(query.getAll(name))]),
      ) as SearchValues<Params>
    },
    write(values) {
      const query = new URLSearchParams()
      const named = values as Readonly<Record<string, unknown>>
      for (const [name, param] of entries) for (const text of param.write(named[name])) query.append(name, text)
      // Commas and colons are allowed in a query, and easier to read than their codes.
      return query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
    },
  }
}
