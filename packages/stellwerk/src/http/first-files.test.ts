import { expect, test } from 'vitest'
import type { BuiltAsset, BuiltAssets } from './assets.ts'
import { firstFiles, isPage } from './first-files.ts'

const chunks = ['room', 'overview-page', 'queues-page', 'queue-page', 'job-page', 'login-page', 'en', 'de']
const file: BuiltAsset = { type: 'text/javascript', etag: '"a"', isHashed: true, brotli: '', gzip: '' }
const assets: BuiltAssets = {
  page: '<!doctype html>',
  files: Object.fromEntries(
    ['assets/style-CzS03BmJ.css', ...chunks.map((name) => `assets/${name}-C4x_Og-2.js`)].map((path) => [path, file]),
  ),
}
const chunksAt = (path: string, isSignedIn = true) =>
  firstFiles(assets, { path, language: 'de', isSignedIn }).map((name) => name.replace('-C4x_Og-2.js', ''))

test.for([
  ['/', ['assets/overview-page', 'assets/de']],
  ['/queues', ['assets/queues-page', 'assets/de']],
  ['/queues/mail%2Fout', ['assets/queue-page', 'assets/overview-page', 'assets/de']],
  ['/jobs/17', ['assets/job-page', 'assets/de']],
  ['/nowhere', ['assets/de']],
] as const)('%s needs its own files and its language', ([path, files]) => {
  expect(chunksAt(path)).toEqual(files)
})

test.for(['/', '/queues', '/queues/a', '/jobs/1', '/failed', '/workers/w', '/stations', '/about', '/login'])(
  '%s is a page',
  (path) => expect(isPage(path)).toBe(true),
)

test.for(['/nowhere', '/queues/', '/queues/a/b', '/jobs/1/2', '/stations/1', '/login/x', '//'])('%s is none', (path) =>
  expect(isPage(path)).toBe(false),
)

test('who is not signed in is shown the login, whatever the path', () => {
  expect(chunksAt('/jobs/17', false)).toEqual(['assets/login-page', 'assets/de'])
})
