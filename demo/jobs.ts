// The jobs of the demo. A station of any process can run them: payloads carry the root folder, and paths below it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineJob } from 'stellwerk'
import { z } from 'zod'
import { hasEntryFile, parseManifest } from './check-manifest.ts'
import { bytesOf, countLinesOf, filesBelow, filesIn } from './package-files.ts'
import { isLicenceFile, recogniseLicence } from './recognise-licence.ts'

const inPackage = z.object({ root: z.string(), package: z.string() })
const inFolder = inPackage.extend({ folder: z.string() })
const backoff = ['300ms', '1s'] as const

/** A package whose manifest cannot be right however often it is read. */
class ManifestInvalid extends Error {
  override readonly name = 'ManifestInvalid'
}

/** A package that ships no text by which its licence could be known. */
class LicenceUnknown extends Error {
  override readonly name = 'LicenceUnknown'
}

/** Reads and validates package.json. What cannot be read may be half written, so it is tried again; what is wrong is not. */
export const checkManifest = defineJob({
  name: 'check-manifest',
  payload: inPackage,
  queue: 'manifests',
  priority: 'high',
  tries: 3,
  backoff,
  async handle({ root, package: path }, { fail, log }) {
    const folder = join(root, path)
    const bytes = await readFile(join(folder, 'package.json'))
    const { manifest, complaints } = parseManifest(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (manifest === null) return fail(new ManifestInvalid(complaints.join(', ')))
    if (manifest.main && !(await hasEntryFile(folder, manifest.main))) {
      return fail(new ManifestInvalid("'main' names a file that is not there"))
    }
    if (manifest.description === undefined) log.warn('no description', { package: path })
    return { name: manifest.name, version: manifest.version, license: manifest.license ?? null }
  },
})

/** Hashes every file of one folder. */
export const hashFiles = defineJob({
  name: 'hash-files',
  payload: inFolder,
  queue: 'files',
  priority: 'low',
  tries: 2,
  backoff,
  async handle({ root, package: path, folder }, { progress, signal }) {
    const files = await filesIn(join(root, path, folder))
    const all = createHash('sha256')
    let bytes = 0
    for (const [at, file] of files.entries()) {
      const hash = createHash('sha256')
      for await (const piece of bytesOf(join(root, path, folder, file.path), file.bytes, signal)) hash.update(piece)
      all.update(`${file.path}\0${hash.digest('hex')}\n`)
      bytes += file.bytes
      if (files.length > 20 && at % 20 === 0) progress((100 * at) / files.length, file.path)
    }
    return { files: files.length, bytes, sha256: all.digest('hex') }
  },
})

/** Counts the lines of every text file of a package. */
export const countLines = defineJob({
  name: 'count-lines',
  payload: inPackage,
  queue: 'files',
  tries: 2,
  backoff,
  async handle({ root, package: path }, { signal }) {
    const files = await filesBelow(join(root, path))
    let lines = 0
    let binaries = 0
    for (const file of files) {
      const counted = await countLinesOf(bytesOf(join(root, path, file.path), file.bytes, signal))
      if (counted === null) binaries++
      else lines += counted
    }
    return { texts: files.length - binaries, binaries, lines }
  },
})

/** Finds the largest file of a package. */
export const findLargest = defineJob({
  name: 'find-largest',
  payload: inPackage,
  queue: 'files',
  tries: 2,
  backoff,
  async handle({ root, package: path }) {
    const files = await filesBelow(join(root, path))
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const largest = files.toSorted((a, b) => b.bytes - a.bytes)[0] ?? null
    return { files: files.length, bytes, largest }
  },
})

/** Tells the licence by the text that a package ships. */
export const detectLicence = defineJob({
  name: 'detect-licence',
  payload: inPackage,
  queue: 'licences',
  tries: 2,
  backoff,
  async handle({ root, package: path }, { fail, log }) {
    const texts = (await filesIn(join(root, path))).filter((file) => isLicenceFile(file.path))
    if (texts.length === 0) return fail(new LicenceUnknown('no file with a licence text'))
    for (const text of texts) {
      const licence = recogniseLicence(await readFile(join(root, path, text.path), 'utf8'))
      if (licence !== null) return { licence, file: text.path }
      log.warn('text not recognised', { package: path, file: text.path })
    }
    return fail(new LicenceUnknown('the licence text is none that is known'))
  },
})

/** All job types of the demo. */
export const demoJobs = [checkManifest, hashFiles, countLines, findLargest, detectLicence] as const
