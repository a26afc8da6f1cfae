import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version of an installed package. @throws Error when its manifest is not found */
export function installedVersion(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.resolve(name)))
  while (folder !== dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) {
      const found = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: string; readonly version?: string }
      if (found.name === name && found.version !== undefined) return found.version
    }
    folder = dirname(folder)
  }
  throw new Error(`no package.json of ${name}`)
}
