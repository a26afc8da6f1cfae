import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
let folder: string

/** The package as it is published, unpacked where an application would have it, with nothing beside it but its own dependencies. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stellwerk-packed-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  execFileSync('npm', ['pack', '--silent', '--workspace', 'packages/stellwerk', '--pack-destination', folder], {
    cwd: root,
  })
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'packages/stellwerk/package.json'), 'utf8')) as {
    readonly version: string
    readonly dependencies: Readonly<Record<string, string>>
  }
  execFileSync('tar', ['-xzf', join(folder, `stellwerk-${version}.tgz`), '-C', folder])
  renameSync(join(folder, 'package'), join(modules, 'stellwerk'))
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens a store and its room, and prints what a page, one of its files and the interface answer. */
const program = `
  const stellwerk = await openStellwerk({ store: 'sqlite:' + process.argv[2], jobs: [defineJob({ name: 'greet', handle: () => 1 })] })
  const room = stellwerk.controlRoom({ authorize: () => 'admin' })
  const server = createServer(room.node)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = 'http://127.0.0.1:' + server.address().port
  const page = await (await fetch(base, { headers: { accept: 'text/html' } })).text()
  const [, file] = /type="module"[^>]* src="([^"]+)"/.exec(page)
  const statuses = [(await fetch(base + file)).status, (await fetch(base + '/api/v1/overview')).status]
  console.log(JSON.stringify(statuses))
  server.closeAllConnections()
  server.close()
  await stellwerk.close()
`

function run(name: string, source: string): unknown {
  const path = join(folder, name)
  writeFileSync(path, source)
  return JSON.parse(execFileSync(process.execPath, [path, `${name}.db`], { cwd: folder, encoding: 'utf8' }))
}

test('an ECMAScript module in an empty folder imports the package, and its control room is in it', () => {
  const imports = `import { createServer } from 'node:http'\nimport { defineJob, openStellwerk } from 'stellwerk'\n`
  expect(run('module.mjs', imports + program)).toEqual([200, 200])
})

test('a CommonJS project requires it', () => {
  const imports = `const { createServer } = require('node:http')\nconst { defineJob, openStellwerk } = require('stellwerk')\n`
  expect(run('script.cjs', `${imports};(async () => {${program}})()`)).toEqual([200, 200])
})

test('it has fewer than twelve dependencies', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/stellwerk/package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  expect(Object.keys(manifest.dependencies).length).toBeLessThan(12)
})
