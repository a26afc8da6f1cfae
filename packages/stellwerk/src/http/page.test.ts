import { expect, test } from 'vitest'
import { completePage, preferredLanguage } from './page.ts'

const page =
  '<!doctype html><html lang="en"><head><script type="module" src="./assets/room-1.js"></script><link rel="stylesheet" href="./assets/index-2.css"><script type="application/json" id="boot">{"basePath":""}</script></head></html>'
const boot = { basePath: '/tools/jobs', title: 'Shop', environment: 'production', language: 'de' } as const

test('the prefix stands before every relative address, and the page is told where it is', () => {
  expect(completePage(page, boot)).toBe(
    '<!doctype html><html lang="de"><head><script type="module" src="/tools/jobs/assets/room-1.js"></script><link rel="stylesheet" href="/tools/jobs/assets/index-2.css"><script type="application/json" id="boot">{"basePath":"/tools/jobs","title":"Shop","environment":"production","language":"de"}</script></head></html>',
  )
})

test('files that it will ask for are named ahead, below the prefix', () => {
  expect(completePage(page, boot, ['assets/jobs-page-3.js'])).toContain(
    '<link rel="modulepreload" crossorigin href="/tools/jobs/assets/jobs-page-3.js"></head>',
  )
})

test('a title cannot end the element it stands in, nor is it a pattern', () => {
  const title = "</script><script>alert(1)</script>$&$'\u2028"
  const html = completePage(page, { ...boot, title })
  expect(html.match(/<script/g)).toHaveLength(2)
  const [, json = ''] = /id="boot">([^<]*)<\/script>/.exec(html) ?? []
  expect(JSON.parse(json)).toMatchObject({ title })
})

test.for([
  ['de-DE,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.8,de;q=0.9', 'de'],
  ['fr,es;q=0.5', 'en'],
  ['de;q=0', 'en'],
  ['', 'en'],
  [null, 'en'],
] as const)('who asks for %s gets %s', ([header, language]) => {
  expect(preferredLanguage(header)).toBe(language)
})
