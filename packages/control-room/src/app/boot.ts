import type { Overview } from '../../../stellwerk/src/http/schemas/overview.ts'
import type { Session } from '../../../stellwerk/src/http/schemas/session.ts'

/** What the server writes into the page: where the room is mounted, and how it is called. Empty texts where it says nothing. */
export interface Boot {
  /** The prefix of all addresses, without a slash at its end; '' at the root. */
  readonly basePath: string
  readonly title: string
  readonly environment: string
  readonly language: string
  /** Who looks, null = signed out; undefined where the page does not say. */
  readonly session?: Session | null
  /** The overview as it was when the page was made; undefined where the page does not say. */
  readonly overview?: Overview
}

/** Those that are plain words. */
type BootWord = 'basePath' | 'title' | 'environment' | 'language'

const EMPTY: Boot = { basePath: '', title: '', environment: '', language: '' }

/** Reads the JSON of `<script id="boot">`; what is missing or not a text is ''. */
export function readBoot(source: Document = document): Boot {
  const text = source.getElementById('boot')?.textContent ?? ''
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null) return EMPTY
    const textOf = (key: BootWord): string => {
      const value: unknown = Reflect.get(found, key)
      return typeof value === 'string' ? value : ''
    }
    return {
      basePath: textOf('basePath').replace(/\/+$/, ''),
      title: textOf('title'),
      environment: textOf('environment'),
      language: textOf('language'),
      ...firstAnswers(found),
    }
  } catch {
    return EMPTY
  }
}

/** The server writes them as its interface would answer; what is no object is as if it were not there. */
function firstAnswers(found: object): Pick<Boot, 'session' | 'overview'> {
  const { session, overview } = found as Readonly<Record<string, unknown>>
  return {
    ...(typeof session === 'object' && { session: session as Session | null }),
    ...(typeof overview === 'object' && overview !== null && { overview: overview as Overview }),
  }
}
