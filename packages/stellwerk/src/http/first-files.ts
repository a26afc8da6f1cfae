import type { BuiltAssets } from './assets.ts'
import type { Language } from './page.ts'

/** Every address that the application in the browser knows, and the chunks that it needs; the overview's has the chart, which a queue's page shows too. */
const chunksByPath: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/$/, ['overview-page']],
  [/^\/queues$/, ['queues-page']],
  [/^\/queues\/[^/]+$/, ['queue-page', 'overview-page']],
  [/^\/jobs$/, ['jobs-page']],
  [/^\/jobs\/[^/]+$/, ['job-page']],
  [/^\/failed$/, ['failed-page']],
  [/^\/(?:workers|stations)$/, ['workers-page']],
  [/^\/workers\/[^/]+$/, ['worker-page']],
  [/^\/about$/, ['about-page']],
  [/^\/login$/, ['login-page']],
]

/** Whether the application in the browser has a page there; it shows its own words for all other addresses. */
export function isPage(path: string): boolean {
  return chunksOf(path) !== undefined
}

/** What a first page is chosen by. */
export interface FirstPage {
  /** Below the mount. */
  readonly path: string
  readonly language: Language
  readonly isSignedIn: boolean
}

/** Paths of the files that the browser would ask for only once the first one has run: those of the page and of its language. */
export function firstFiles(assets: BuiltAssets, { path, language, isSignedIn }: FirstPage): readonly string[] {
  const wanted = [...(isSignedIn ? (chunksOf(path) ?? []) : ['login-page']), language]
  return wanted.flatMap((chunk) => Object.keys(assets.files).filter((file) => chunkOf(file) === chunk))
}

function chunksOf(path: string): readonly string[] | undefined {
  return chunksByPath.find(([pattern]) => pattern.test(path))?.[1]
}

/** The name that the build gave a script before the digest of its content. */
function chunkOf(file: string): string | undefined {
  return /^assets\/(.+)-[\w-]{8}\.js$/.exec(file)?.[1]
}
