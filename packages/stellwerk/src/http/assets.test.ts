import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { assetResponse, type BuiltAssets, chooseEncoding } from './assets.ts'

const text = 'export const answer = 42\n'
const file = {
  type: 'text/javascript; charset=utf-8',
  etag: '"abc"',
  isHashed: true,
  brotli: brotliCompressSync(text).toString('base64'),
  gzip: gzipSync(text).toString('base64'),
}
const assets: BuiltAssets = {
  page: '<!doctype html>',
  files: { 'assets/index-3f2a.js': file, 'icon.svg': { ...file, isHashed: false } },
}
const get = (path: string, headers: Record<string, string> = {}) => assetResponse(assets, path, new Headers(headers))

test('a file comes in the best form that the client takes, and is kept for good', async () => {
  const answer = get('assets/index-3f2a.js', { 'accept-encoding': 'gzip, deflate, br;q=0' })
  expect(answer?.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await (answer as Response).arrayBuffer()).toString()).toBe(text)
  expect(answer?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer?.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await get('assets/index-3f2a.js')?.text()).toBe(text)
})

test('one whose name stays is asked for again, and costs no bytes while it is the same', async () => {
  expect(get('icon.svg')?.headers.get('cache-control')).toBe('no-cache')
  const same = get('icon.svg', { 'if-none-match': 'W/"abc"' })
  expect(same?.status).toBe(304)
  expect(await same?.text()).toBe('')
  expect(get('icon.svg', { 'if-none-match': '"other"' })?.status).toBe(200)
})

test.for([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['identity', null],
  ['', null],
  [null, null],
  ['br;q=0.000,gzip;q=0.0', null],
] as const)('of %s it is %s', ([accepted, encoding]) => {
  expect(chooseEncoding(accepted)).toBe(encoding)
})

test.for(['', '__proto__', 'constructor', 'toString', 'index.html', '../assets/index-3f2a.js', 'assets'])(
  'there is no file %s',
  (path) => {
    expect(get(path)).toBeUndefined()
  },
)
