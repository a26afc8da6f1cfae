/** What is exported: a job that can be dispatched again. */
export interface ExportedJob {
  readonly type: string
  readonly queue: string
  readonly priority: number
  readonly tries: number
  /** JSON text. */
  readonly payload: string
}

/** The forms in which a job can be copied. */
export const codeForms = ['curl', 'cli', 'typescript'] as const

/** One of {@link codeForms}. */
export type CodeForm = (typeof codeForms)[number]

/** Code that dispatches such a job again. `apiUrl` is where the interface is, without a slash at its end. No token is in it. */
export function exportCode(job: ExportedJob, form: CodeForm, apiUrl: string): string {
  if (form === 'curl') return curlOf(job, apiUrl)
  return form === 'cli' ? commandOf(job) : typescriptOf(job)
}

function curlOf({ type, payload, ...options }: ExportedJob, apiUrl: string): string {
  const body = `{"type":${JSON.stringify(type)},"payload":${payload},"options":${JSON.stringify(options)}}`
  return [
    `curl -X POST ${shellQuote(`${apiUrl}/jobs`)}`,
    `-H "Authorization: Bearer $STELLWERK_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `--data-raw ${shellQuote(body)}`,
  ].join(' \\\n  ')
}

function commandOf({ type, queue, priority, tries, payload }: ExportedJob): string {
  const flags = `--queue=${shellQuote(queue)} --priority=${priority} --tries=${tries}`
  return `npx stellwerk dispatch ${flags} -- ${shellQuote(type)} ${shellQuote(payload)}`
}

function typescriptOf({ type, payload, queue, priority, tries }: ExportedJob): string {
  const options = `{ queue: ${quoted(queue)}, priority: ${priority}, tries: ${tries} }`
  return `await stellwerk.dispatch(${quoted(type)}, ${payload}, ${options})`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

/** In single quotes nothing means anything to a shell but the quote itself. */
function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
