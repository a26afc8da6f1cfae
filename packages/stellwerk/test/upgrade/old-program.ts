import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const archive = fileURLToPath(new URL('./stellwerk-stage1.tgz', import.meta.url))
/** Under the package, so that it finds `pg` and the others as an installed one would. */
const cache = fileURLToPath(new URL('../../node_modules/.stellwerk-old/', import.meta.url))

/** The entrance of the program of schema version 1, as it was packed; unpacked once per archive. */
export function oldProgram(): URL {
  const hash = createHash('sha256').update(readFileSync(archive)).digest('hex').slice(0, 16)
  const home = join(cache, hash)
  if (!existsSync(home)) unpack(home)
  return pathToFileURL(join(home, 'package/dist/index.js'))
}

function unpack(home: string): void {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'unpacking-'))
  const { status, stderr } = spawnSync('tar', ['-xzf', archive, '-C', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${archive} was not unpacked: ${stderr}`)
  try {
    renameSync(folder, home)
  } catch (error) {
    // Another process was first.
    rmSync(folder, { recursive: true })
    if (!existsSync(home)) throw error
  }
}
