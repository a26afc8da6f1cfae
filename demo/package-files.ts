import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

const newline = 10
const wholeBytes = 1_048_576

/** A file of a package. */
export interface PackageFile {
  /** Relative to the folder that was asked for. */
  readonly path: string
  readonly bytes: number
}

/** The files directly in `folder`, by name. Links are left out. */
export async function filesIn(folder: string): Promise<readonly PackageFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  return Promise.all(names.sort().map(async (path) => ({ path, bytes: (await stat(join(folder, path))).size })))
}

/** The files of a package, without those of the packages nested in it. */
export async function filesBelow(folder: string): Promise<readonly PackageFile[]> {
  const found: PackageFile[] = [...(await filesIn(folder))]
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules') continue
    for (const file of await filesBelow(join(folder, entry.name))) {
      found.push({ path: `${entry.name}/${file.path}`, bytes: file.bytes })
    }
  }
  return found
}

/** The bytes of a file: a small one whole, a large one in pieces. */
export async function* bytesOf(path: string, bytes: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (bytes <= wholeBytes) yield await readFile(path, { signal })
  else yield* createReadStream(path, { signal, highWaterMark: wholeBytes }) as AsyncIterable<Buffer>
}

/** Lines of a text file; null for a binary one (a NUL among its first 8 KiB). */
export async function countLinesOf(pieces: AsyncIterable<Buffer>): Promise<number | null> {
  let lines = 0
  let first = true
  for await (const piece of pieces) {
    if (first && piece.subarray(0, 8_192).includes(0)) return null
    first = false
    for (let at = 0; at < piece.length; at++) if (piece[at] === newline) lines++
  }
  return lines
}
