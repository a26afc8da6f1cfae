/** What the page is told before it asks anything. */
export interface Boot extends FirstAnswers {
  /** Prefix under which the browser reaches the room, '' at the root, never with a slash at its end. */
  readonly basePath: string
  readonly title: string
  readonly environment: string
  readonly language: Language
}

/** What every page would ask first, as the interface answers it to the one who looks; without a key where it has to ask. */
export interface FirstAnswers {
  /** null = signed out. */
  readonly session?: unknown
  readonly overview?: unknown
}

/** Languages of the pages. */
export const languages = ['en', 'de'] as const

/** One of {@link languages}. */
export type Language = (typeof languages)[number]

const bootTag = /<script type="application\/json" id="boot">[^<]*<\/script>/

/** The built page, completed for one request: with its prefix before every relative address, what it is told, and the `files` that it will ask for. */
export function completePage(page: string, boot: Boot, files: readonly string[] = []): string {
  const told = `<script type="application/json" id="boot">${jsonInHtml(boot)}</script>`
  const ahead = files.map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`).join('')
  return page
    .replace('</head>', () => `${ahead}</head>`)
    .replace(bootTag, () => told)
    .replaceAll(/ (src|href)="\.\//g, (_match, name: string) => ` ${name}="${boot.basePath}/`)
    .replace('<html lang="en"', () => `<html lang="${boot.language}"`)
}

/** The language that a browser asks for first among ours, English where it asks for none of them. */
export function preferredLanguage(header: string | null): Language {
  const asked = (header ?? '').toLowerCase().slice(0, 500).split(',')
  const ranked = asked
    .map((part) => {
      const [tag = '', quality = ''] = part.trim().split(';q=')
      return {
        language: languages.find((name) => tag === name || tag.startsWith(`${name}-`)),
        weight: weightOf(quality),
      }
    })
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
  return ranked[0]?.language ?? 'en'
}

function weightOf(quality: string): number {
  return quality === '' ? 1 : Number(quality) || 0
}

/** JSON that cannot end the element it stands in. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
