import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildRoom } from './build-room.ts'

const DIST = join(import.meta.dirname, '../dist')
const KB = 1_024

let files: readonly string[] = []
let page = ''

beforeAll(() => {
  buildRoom()
  files = readdirSync(join(DIST, 'assets'))
  page = readFileSync(join(DIST, 'index.html'), 'utf8')
})

function sizeOf(path: string): number {
  return gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length
}

/** Size of the one file of that name, whatever its hash. */
function sizeOfChunk(name: string): number {
  const found = files.filter((file) => file.replace(/-[\w-]{8}(?=\.\w+$)/, '') === name)
  expect(found, name).toHaveLength(1)
  return sizeOf(join('assets', found[0] ?? ''))
}

/** Files that the page names itself, before any code has run. */
function named(kind: string): readonly string[] {
  return [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)]
    .map(([, path = '']) => path)
    .filter((path) => path.endsWith(kind))
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0)
}

test('the page itself takes at most 3 KB, its style sheet 14, its shell 110', () => {
  expect(sizeOf('index.html')).toBeLessThanOrEqual(3 * KB)
  expect(sum(named('.css').map(sizeOf))).toBeLessThanOrEqual(14 * KB)
  expect(sum(named('.js').map(sizeOf))).toBeLessThanOrEqual(110 * KB)
})

test('the overview takes at most 150 KB on a first visit, its chart and a language included', () => {
  const shell = [sizeOf('index.html'), ...[...named('.css'), ...named('.js')].map(sizeOf)]
  const language = Math.max(sizeOfChunk('en.js'), sizeOfChunk('de.js'))
  const total = sum([...shell, sizeOfChunk('overview-page.js'), language])
  console.log(`first load of the overview: ${(total / KB).toFixed(1)} KB`)
  expect(total).toBeLessThanOrEqual(150 * KB)
})

test('every other page comes with at most 30 KB of its own', () => {
  const pages = files.filter((file) => /-page-[\w-]{8}\.js$/.test(file))
  expect(pages.length).toBeGreaterThan(5)
  for (const file of pages) expect(sizeOf(join('assets', file)), file).toBeLessThanOrEqual(30 * KB)
})

test('nothing is fetched from anywhere else, and nothing is a font', () => {
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  for (const file of files.filter((name) => name.endsWith('.css')))
    expect(readFileSync(join(DIST, 'assets', file), 'utf8')).not.toMatch(/url\(|@import|@font-face/)
})
