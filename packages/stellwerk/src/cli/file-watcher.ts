import { createHash } from 'node:crypto'
import { type FSWatcher, readFileSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Editors write in several steps: a change is told once they have been quiet for so long. */
const quietMs = 80

/** Watches single files by their directories, so that a file which an editor replaces stays watched. */
export class FileWatcher {
  readonly #onChange: (path: string) => void
  readonly #directories = new Map<string, FSWatcher>()
  readonly #contents = new Map<string, string>()
  readonly #touched = new Set<string>()
  #quiet: NodeJS.Timeout | undefined

  /** `onChange` is called with one of the files whose content has changed. */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange
  }

  /** Watches `path` as well; one that is watched already is left alone. */
  add(path: string): void {
    if (!this.#contents.has(path)) this.#contents.set(path, contentOf(path))
    const directory = dirname(path)
    if (this.#directories.has(directory)) return
    const watcher = watch(directory, (_event, name) => {
      const changed = name === null ? undefined : join(directory, basename(name))
      if (changed !== undefined && this.#contents.has(changed)) this.#touch(changed)
    })
    watcher.on('error', () => watcher.close())
    this.#directories.set(directory, watcher)
  }

  /** Ends every watch. Safe to repeat. */
  close(): void {
    clearTimeout(this.#quiet)
    for (const watcher of this.#directories.values()) watcher.close()
    this.#directories.clear()
  }

  #touch(path: string): void {
    this.#touched.add(path)
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#compare(), quietMs)
  }

  #compare(): void {
    const changed = [...this.#touched].filter((path) => {
      const content = contentOf(path)
      if (content === this.#contents.get(path)) return false
      this.#contents.set(path, content)
      return true
    })
    this.#touched.clear()
    if (changed[0] !== undefined) this.#onChange(changed[0])
  }
}

/** Digest of a file; '' while it is not there. */
function contentOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return ''
  }
}
