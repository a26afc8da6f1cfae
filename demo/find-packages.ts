import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** An installed package below a root folder. */
export interface FoundPackage {
  /** Relative to the root, with slashes: `@scope/name`, or `a/node_modules/b`. */
  readonly path: string
  /** Its folders that hold files, relative to the package; `.` is the package itself. */
  readonly folders: readonly string[]
}

/** Every package below `root` (a node_modules folder), nested ones too, as they are found. Links are left out. */
export async function* findPackages(root: string, below = ''): AsyncGenerator<FoundPackage> {
  for (const name of await childFolders(join(root, below))) {
    const path = below === '' ? name : `${below}/${name}`
    if (name.startsWith('@')) {
      yield* findPackages(root, path)
      continue
    }
    const folders: string[] = []
    await collectFolders(join(root, path), '.', folders)
    yield { path, folders }
    const nested = `${path}/node_modules`
    if ((await childFolders(join(root, path))).includes('node_modules')) yield* findPackages(root, nested)
  }
}

async function childFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

async function collectFolders(packageFolder: string, folder: string, found: string[]): Promise<void> {
  const entries = await readdir(join(packageFolder, folder), { withFileTypes: true })
  if (entries.some((entry) => entry.isFile())) found.push(folder)
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name === 'node_modules') continue
    await collectFolders(packageFolder, folder === '.' ? entry.name : `${folder}/${entry.name}`, found)
  }
}
