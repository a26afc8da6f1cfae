/** What the server writes into the page: where the room is mounted, and how it is called. Empty texts where it says nothing. */
export interface Boot {
  /** The prefix of all addresses, without a slash at its end; '' at the root. */
  readonly basePath: string
  readonly title: string
  readonly environment: string
  readonly language: string
}

const EMPTY: Boot = { basePath: '', title: '', environment: '', language: '' }

/** Reads the JSON of `<script id="boot">`; what is missing or not a text is ''. */
export function readBoot(source: Document = document): Boot {
  const text = source.getElementById('boot')?.textContent ?? ''
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null) return EMPTY
    const textOf = (key: keyof Boot): string => {
      const value: unknown = Reflect.get(found, key)
      return typeof value === 'string' ? value : ''
    }
    return {
      basePath: textOf('basePath').replace(/\/+$/, ''),
      title: textOf('title'),
      environment: textOf('environment'),
      language: textOf('language'),
    }
  } catch {
    return EMPTY
  }
}
