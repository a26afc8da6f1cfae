import { expect, test } from 'vitest'
import { isCrossSite } from './cross-site.ts'

const ownOrigin = 'http://127.0.0.1:7575'
const judge = (method: string, headers: Record<string, string>, isPage = false): boolean =>
  isCrossSite({ method, headers: new Headers(headers), ownOrigin, isPage })
const changing = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'] as const
const cookie = 'stellwerk=x'

test.for(changing)('%s from our own page is let in', (method) => {
  expect(judge(method, { cookie, 'sec-fetch-site': 'same-origin' })).toBe(false)
  expect(judge(method, { cookie, origin: ownOrigin })).toBe(false)
})

test.for(changing)('%s from elsewhere, or from nobody knows where, is refused', (method) => {
  for (const site of ['cross-site', 'same-site', 'none', '', 'Same-Origin'])
    expect(judge(method, { cookie, 'sec-fetch-site': site, origin: ownOrigin })).toBe(true)
  for (const origin of ['null', 'http://127.0.0.1:7576', 'https://127.0.0.1:7575', 'http://evil.example', ''])
    expect(judge(method, { cookie, origin })).toBe(true)
  expect(judge(method, { cookie })).toBe(true)
  expect(judge(method, {})).toBe(true)
})

test('a bearer token without a cookie is exempt, with one it is not, and other schemes never are', () => {
  expect(judge('POST', { authorization: 'Bearer stw_abc', 'sec-fetch-site': 'cross-site' })).toBe(false)
  expect(judge('POST', { authorization: 'Bearer stw_abc', cookie })).toBe(true)
  expect(judge('POST', { authorization: 'Bearer ' })).toBe(true)
  expect(judge('POST', { authorization: 'Basic YTpi' })).toBe(true)
})

test('another site may link to a page, but not read an endpoint', () => {
  expect(judge('GET', { 'sec-fetch-site': 'cross-site' }, true)).toBe(false)
  expect(judge('GET', { 'sec-fetch-site': 'cross-site' })).toBe(true)
  expect(judge('GET', { 'sec-fetch-site': 'same-site' })).toBe(true)
  expect(judge('GET', { 'sec-fetch-site': 'none' })).toBe(false)
  expect(judge('GET', { 'sec-fetch-site': 'same-origin' })).toBe(false)
  expect(judge('GET', {})).toBe(false)
})
