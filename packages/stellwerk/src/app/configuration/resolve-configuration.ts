import { dirname, resolve } from 'node:path'
import { StellwerkError } from '../../domain/errors.ts'
import { didYouMean, nearestWord } from '../../std/did-you-mean.ts'
import { checkVariables, type Environment } from './check-variables.ts'
import { findConfigurationFile } from './find-configuration-file.ts'
import { type FileValues, loadConfigurationFile } from './load-configuration-file.ts'
import type { Loader } from './load-module.ts'
import { redactAddress } from './redact-address.ts'
import type { Setting } from './setting.ts'
import { type ConfigurationValues, type SettingName, settingNames, settings, variableOf } from './settings.ts'

/** Where an effective value came from; `name` is the flag, variable or file. */
export interface Origin {
  readonly kind: 'default' | 'file' | 'environment' | 'command line'
  readonly name: string | null
}

/** Values typed on the command line, as text, with the flag that said so. */
export type FlagValues = Readonly<Partial<Record<SettingName, { readonly flag: string; readonly text: string }>>>

/** What the configuration is resolved from. */
export interface ConfigurationSources {
  readonly cwd: string
  readonly env: Environment
  readonly flags?: FlagValues
  /** File to take in place of the search; relative to `cwd`. */
  readonly file?: string
}

/** Every effective value and where it came from; `file` null: none was found. */
export interface ResolvedConfiguration {
  readonly file: string | null
  readonly values: ConfigurationValues
  readonly origins: Readonly<Record<SettingName, Origin>>
}

interface Candidate {
  readonly origin: Origin
  readonly base: string
  /** Unparsed text of a variable or flag, or what the file holds. */
  readonly given: { readonly text: string } | { readonly value: unknown } | null
}

/**
 * The effective configuration: command line before environment before file before default.
 * @throws CONFIG_INVALID (file, variable), OPTION_INVALID (flag), CONFIG_NOT_LOADED
 */
export async function resolveConfiguration(sources: ConfigurationSources): Promise<ResolvedConfiguration> {
  checkVariables(sources.env)
  const named = sources.file ?? (sources.env['STELLWERK_CONFIG'] || undefined)
  const file = named === undefined ? findConfigurationFile(sources.cwd) : resolve(sources.cwd, named)
  const fileValues: FileValues =
    file === null ? new Map() : await loadConfigurationFile(file, loaderBeforeFile(sources))
  const values: Partial<Record<SettingName, unknown>> = {}
  const origins: Partial<Record<SettingName, Origin>> = {}
  for (const name of settingNames) {
    const candidate = choose(name, { sources, file, fileValues })
    values[name] = effectiveValue(name, candidate, sources.env)
    origins[name] = candidate.origin
  }
  return { file, values: values as ConfigurationValues, origins: origins as Record<SettingName, Origin> }
}

/** The loader must be known before the file that may name it. */
function loaderBeforeFile(sources: ConfigurationSources): Loader {
  const candidate = choose('loader', { sources, file: null, fileValues: new Map() })
  return effectiveValue('loader', candidate, sources.env) as Loader
}

interface Choice {
  readonly sources: ConfigurationSources
  readonly file: string | null
  readonly fileValues: FileValues
}

function choose(name: SettingName, { sources, file, fileValues }: Choice): Candidate {
  const flag = sources.flags?.[name]
  if (flag !== undefined)
    return { origin: { kind: 'command line', name: flag.flag }, base: sources.cwd, given: { text: flag.text } }
  const variable = variableOf(name)
  const text = sources.env[variable]
  if (text !== undefined && text !== '')
    return { origin: { kind: 'environment', name: variable }, base: sources.cwd, given: { text } }
  if (file !== null && fileValues.has(name)) {
    return { origin: { kind: 'file', name: file }, base: dirname(file), given: { value: fileValues.get(name) } }
  }
  return { origin: { kind: 'default', name: null }, base: file === null ? sources.cwd : dirname(file), given: null }
}

function effectiveValue(name: SettingName, candidate: Candidate, env: Environment): unknown {
  const declared = settings[name] as Setting<unknown>
  const value = candidate.given === null ? defaultOf(name, env) : parse(name, candidate)
  return value === null || declared.resolvePaths === undefined ? value : declared.resolvePaths(value, candidate.base)
}

function defaultOf(name: SettingName, env: Environment): unknown {
  return name === 'migrate' ? env['NODE_ENV'] !== 'production' : settings[name].defaultValue
}

function parse(name: SettingName, candidate: Candidate): unknown {
  const declared = settings[name] as Setting<unknown>
  const { given } = candidate
  if (given === null) return declared.defaultValue
  let value: unknown
  try {
    value = 'text' in given ? declared.fromText(given.text) : given.value
  } catch {
    throw wrongValue(name, candidate)
  }
  const parsed = declared.schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw wrongValue(name, candidate)
}

function wrongValue(name: SettingName, { origin, given }: Candidate): StellwerkError {
  const { expects, words = [] } = settings[name] as Setting<unknown>
  const value = given === null ? null : 'text' in given ? given.text : given.value
  const place = origin.kind === 'file' ? `${origin.name}: ${name}` : `${origin.name}`
  const meant = typeof value === 'string' && nearestWord(value, words) !== null ? didYouMean(value, words) : ''
  return new StellwerkError(
    origin.kind === 'command line' ? 'OPTION_INVALID' : 'CONFIG_INVALID',
    `${place}: ${shown(value)} is not ${expects}${meant}`,
    { details: { setting: name, origin: origin.kind } },
  )
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${redactAddress(value)}'` : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
