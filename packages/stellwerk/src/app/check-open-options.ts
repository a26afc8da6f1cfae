import { checkInteger, refuseUnknownKeys } from '../client/check-settings.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { StellwerkOptions } from './open-stellwerk.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

const known = new Set<string>([
  'store',
  'schema',
  'listen',
  'jobs',
  'migrate',
  'shareFile',
  'maxPayloadBytes',
  'log',
  'workerHealth',
  'actor',
] satisfies readonly (keyof StellwerkOptions)[])

/** What only a program without types gets wrong: a misspelt `store` would open another one. @throws OPTION_INVALID naming option, value and remedy */
export function checkOpenOptions(options: StellwerkOptions): void {
  refuseUnknownKeys('openStellwerk', options, known)
  if (options.store !== undefined && typeof options.store !== 'string')
    throw invalid('store', options.store, "is no address; give 'sqlite:<path>' or 'postgres://…'")
  if (options.jobs !== undefined && !options.jobs?.every?.((job) => typeof job?.name === 'string'))
    throw invalid('jobs', options.jobs, 'is no list of job types; give those that defineJob has returned')
  if (options.maxPayloadBytes !== undefined) checkInteger('maxPayloadBytes', options.maxPayloadBytes, [1, 1_048_576])
  const missing =
    options.log === undefined ? undefined : levels.find((level) => typeof options.log?.[level] !== 'function')
  if (missing !== undefined)
    throw invalid('log', options.log, `has no function '${missing}'; it needs ${levels.join(', ')}`)
}

function invalid(name: string, value: unknown, remedy: string): StellwerkError {
  const shown = typeof value === 'object' && value !== null ? 'the object that was given' : String(value)
  return new StellwerkError('OPTION_INVALID', `${name}: ${shown} ${remedy}`)
}
