// Builds the control room and puts it into the package as a module: packages/control-room -> packages/stellwerk/dist/http/assets.generated.js. Quick where nothing changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../', import.meta.url))
const room = join(root, 'packages/control-room')
const built = join(room, 'dist')
const target = join(root, 'packages/stellwerk/dist/http/assets.generated.js')

/** Everything the browser may be sent, and as what. */
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
}

/** Digest of what the room is built from; the first line of the target says which it was built from. */
function sourceDigest(): string {
  const hash = createHash('sha256')
  const sources = globSync(
    [
      'packages/control-room/{src,build,public}/**/*',
      'packages/control-room/*.{html,json,ts}',
      'packages/stellwerk/src/http/schemas/*.ts',
      'scripts/build-control-room.ts',
      'package-lock.json',
    ],
    { cwd: root, withFileTypes: true },
  )
  const files = sources.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const path of files.toSorted()) {
    hash.update(`${relative(root, path)}\0`)
    hash.update(readFileSync(path))
  }
  return hash.digest('hex')
}

function isFresh(digest: string): boolean {
  return existsSync(target) && readFileSync(target, 'utf8').startsWith(`// ${digest}\n`)
}

function buildRoom(): void {
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: room,
      stdio: 'inherit',
    },
  )
  if (vite.status !== 0) process.exit(vite.status ?? 1)
}

function assetOf(path: string): readonly [string, unknown] {
  const name = relative(built, path).split(sep).join('/')
  const type = types[extname(path)]
  if (type === undefined)
    throw new Error(`${name}: no media type is known for it; add it to scripts/build-control-room.ts`)
  const bytes = readFileSync(path)
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return [
    name,
    {
      type,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      isHashed: /-[\w-]{8}\.\w+$/.test(name),
      brotli: brotli.toString('base64'),
      gzip: gzipSync(bytes, { level: 9 }).toString('base64'),
    },
  ]
}

function writeModule(digest: string): void {
  const paths = globSync('**/*', { cwd: built, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.html' && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const assets = {
    page: readFileSync(join(built, 'index.html'), 'utf8'),
    files: Object.fromEntries(paths.map(assetOf)),
  }
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, `// ${digest}\nexport const assets = ${JSON.stringify(assets)}\n`)
}

const digest = sourceDigest()
if (!isFresh(digest)) {
  buildRoom()
  writeModule(digest)
}
