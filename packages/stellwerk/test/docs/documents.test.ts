import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { errorCodes } from '../../src/domain/errors.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const sources = join(root, 'packages/stellwerk/src')
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/stellwerk/README.md'], { cwd: root })
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The anchor of a heading, as the usual renderers make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function brokenLinks(document: string): string[] {
  const targets = [...read(document).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => match[1] ?? '')
  return targets.filter((target) => {
    const [file = '', anchor] = target.split('#')
    const path = file === '' ? join(root, document) : resolve(root, dirname(document), file)
    if (!existsSync(path)) return true
    const headings = anchor === undefined ? [] : readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)
    return anchor !== undefined && ![...headings].some(([, heading = '']) => anchorOf(heading) === anchor)
  })
}

test.for(documents)('every link of %s leads somewhere', (document) => {
  expect(brokenLinks(document)).toEqual([])
})

test('every file that the architecture names is there', () => {
  const named = [...read('ARCHITECTURE.md').matchAll(/`([\w.-]+(?:\/[\w.-]+)+\/?)`/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((path) => !existsSync(join(root, path)) && !existsSync(join(sources, path)))).toEqual([])
})

test('the architecture gives a reason for every dependency', () => {
  const manifests = ['package.json', 'packages/stellwerk/package.json'].map(
    (path) => JSON.parse(read(path)) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>,
  )
  const names = manifests.flatMap(({ dependencies, peerDependencies, devDependencies }) =>
    Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }),
  )
  const text = read('ARCHITECTURE.md')
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('the reference of errors has one line for each code, in the order of the source', () => {
  const lines = [...read('docs/reference/errors.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])
  expect(lines).toEqual([...errorCodes])
})

test('what the README quotes from an example stands in it', () => {
  const quotes = [...read('README.md').matchAll(/<!-- from (\S+) -->\n```ts\n([\s\S]*?)```/g)]
  expect(quotes.length).toBeGreaterThan(3)
  for (const [, path = '', code = ''] of quotes) expect(read(path)).toContain(code)
})

test('the first job in the README is the one that init writes', () => {
  const template = readFileSync(join(sources, 'cli/templates.ts'), 'utf8')
    .replaceAll('\\`', '`')
    .replaceAll('\\${', '${')
  const [, first = ''] = /```ts\n(import \{ defineJob \}[\s\S]*?)```/.exec(read('README.md')) ?? []
  expect(first).not.toBe('')
  expect(template).toContain(first)
})

test('every decision is in the index', () => {
  const records = globSync('docs/decisions/[0-9]*.md', { cwd: root }).map((path) => path.split('/').at(-1) ?? '')
  const index = read('docs/decisions/README.md')
  expect(records.filter((name) => !index.includes(`(${name})`))).toEqual([])
})
