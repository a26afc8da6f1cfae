import { existsSync } from 'node:fs'
import { StellwerkError } from '../../domain/errors.ts'
import { didYouMean } from '../../std/did-you-mean.ts'
import { type Loader, loadModule } from './load-module.ts'
import { type SettingName, settingNames } from './settings.ts'

/** What a file sets, by path; unchecked values. */
export type FileValues = ReadonlyMap<SettingName, unknown>

const names = new Set<string>(settingNames)
const groups = new Set(
  settingNames.filter((name) => name.includes('.')).map((name) => name.slice(0, name.indexOf('.'))),
)
const topLevel = new Set(settingNames.map((name) => name.split('.', 1)[0] ?? name))

/**
 * Loads the default export of a configuration and flattens it to paths. Keys that are undefined count as left out.
 * @throws CONFIG_NOT_LOADED, CONFIG_INVALID for a key that is not known
 */
export async function loadConfigurationFile(path: string, loader: Loader): Promise<FileValues> {
  if (!existsSync(path))
    throw new StellwerkError(
      'CONFIG_NOT_LOADED',
      `${path} does not exist; correct --config, or run 'stellwerk init' to write one`,
    )
  const { default: exported } = await loadModule(path, { loader, code: 'CONFIG_NOT_LOADED' })
  if (!isPlainObject(exported)) {
    throw new StellwerkError(
      'CONFIG_INVALID',
      `${path}: its default export is not a configuration; write 'export default defineConfig({ ... })'`,
    )
  }
  const values = new Map<SettingName, unknown>()
  for (const [key, value] of Object.entries(exported)) {
    if (value === undefined) continue
    if (groups.has(key)) readGroup(path, { key, value }, values)
    else values.set(knownName(path, key, topLevel), value)
  }
  return values
}

function readGroup(
  path: string,
  group: { readonly key: string; readonly value: unknown },
  values: Map<SettingName, unknown>,
): void {
  if (!isPlainObject(group.value))
    throw new StellwerkError('CONFIG_INVALID', `${path}: ${group.key} is not an object of settings`)
  for (const [key, value] of Object.entries(group.value)) {
    const name = `${group.key}.${key}`
    if (value === undefined) continue
    if (settingNames.some((known) => known.startsWith(`${name}.`))) readGroup(path, { key: name, value }, values)
    else values.set(knownName(path, name, names), value)
  }
}

function knownName(path: string, key: string, known: ReadonlySet<string>): SettingName {
  if (names.has(key)) return key as SettingName
  throw new StellwerkError(
    'CONFIG_INVALID',
    `${path}: unknown key '${key}'${didYouMean(key, known) || `; known are ${[...known].join(', ')}`}`,
  )
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
