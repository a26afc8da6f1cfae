import { checkInteger, refuseUnknownKeys } from '../client/check-settings.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { StellwerkOptions } from './stellwerk-options.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

const keys = {
  store: true,
  schema: true,
  listen: true,
  jobs: true,
  migrate: true,
  shareFile: true,
  maxPayloadBytes: true,
  log: true,
  workerHealth: true,
  actor: true,
} satisfies Record<keyof StellwerkOptions, true>

const known = new Set(Object.keys(keys))

/** What no compiler has looked at: a misspelt `store` would open another one without a word. @throws OPTION_INVALID naming option, value and remedy */
export function checkOpenOptions(options: StellwerkOptions): void {
  if (!isObject(options)) throw invalid('openStellwerk', options, 'is no object of options')
  refuseUnknownKeys('openStellwerk', options, known)
  const { store, jobs, maxPayloadBytes, log } = options
  if (store !== undefined && typeof store !== 'string')
    throw invalid('store', store, "is no address; give 'sqlite:<path>' or 'postgres://…'")
  if (jobs !== undefined && !isListOfTypes(jobs))
    throw invalid('jobs', jobs, 'is no list of job types; give those that defineJob has returned')
  if (maxPayloadBytes !== undefined) checkInteger('maxPayloadBytes', maxPayloadBytes, [1, 1_048_576])
  const missing = log === undefined ? undefined : levels.find((level) => typeof log?.[level] !== 'function')
  if (missing !== undefined) throw invalid('log', log, `has no function '${missing}'; it needs ${levels.join(', ')}`)
}

function isListOfTypes(jobs: unknown): boolean {
  return (
    Array.isArray(jobs) && jobs.every((job: unknown) => isObject(job) && 'name' in job && typeof job.name === 'string')
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function invalid(name: string, value: unknown, remedy: string): StellwerkError {
  const shown = isObject(value) ? 'what was given' : String(value)
  return new StellwerkError('OPTION_INVALID', `${name}: ${shown} ${remedy}`)
}
