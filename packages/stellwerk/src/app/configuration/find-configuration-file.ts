import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Names a configuration may have, the first found wins. */
export const configurationFileNames = [
  'stellwerk.config.ts',
  'stellwerk.config.mts',
  'stellwerk.config.js',
  'stellwerk.config.mjs',
] as const

/** Absolute path of the nearest configuration from `directory` upward, null where there is none. */
export function findConfigurationFile(directory: string): string | null {
  let at = resolve(directory)
  for (;;) {
    const found = configurationFileNames.map((name) => join(at, name)).find((path) => existsSync(path))
    if (found !== undefined) return found
    const above = dirname(at)
    if (above === at) return null
    at = above
  }
}
