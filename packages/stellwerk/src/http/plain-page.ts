import type { Language } from './page.ts'

/** A page of words alone, for when the room itself cannot be shown. */
export interface PlainPage {
  readonly language: Language
  readonly title: string
  readonly paragraphs: readonly string[]
  /** Shown as code below each other. */
  readonly lines?: readonly string[]
}

/** HTML without script and style: it needs nothing that might be missing. */
export function plainPage({ language, title, paragraphs, lines = [] }: PlainPage): string {
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(lines.length > 0 ? [`<pre>${lines.map(escapeHtml).join('\n')}</pre>`] : []),
  ]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body>
${body.join('\n')}
</body>
</html>
`
}

/** What somebody sees who opens a room that nobody can enter: closed is the default, and the page says how to open it. */
export function closedPage(language: Language): string {
  return plainPage(language === 'de' ? closedInGerman : closedInEnglish)
}

const lines = [
  "app.use('/jobs', stellwerk.controlRoom({ authorize: (request, { incoming }) => (incoming.user?.isAdmin ? 'admin' : null) }).node)",
  '',
  'npx stellwerk token create ada --role admin',
]

const closedInEnglish: PlainPage = {
  language: 'en',
  title: 'This control room is closed',
  paragraphs: [
    'Nobody can enter it yet: it is closed until somebody says who may come in.',
    "Either give 'authorize' where it is mounted, so that your application says who may do what, or create a token and log in with it:",
  ],
  lines,
}

const closedInGerman: PlainPage = {
  language: 'de',
  title: 'Diese Leitstelle ist geschlossen',
  paragraphs: [
    'Niemand kann sie betreten: Sie bleibt geschlossen, bis jemand sagt, wer hinein darf.',
    'Entweder geben Sie beim Einbinden „authorize“ an, dann sagt Ihre Anwendung, wer was darf; oder Sie erzeugen ein Token und melden sich damit an:',
  ],
  lines,
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
