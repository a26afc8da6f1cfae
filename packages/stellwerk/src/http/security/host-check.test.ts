import { expect, test } from 'vitest'
import { createHostCheck } from './host-check.ts'

const plain = createHostCheck({})
const configured = createHostCheck({
  publicUrl: 'https://Jobs.example.com/room',
  allowedHosts: ['inner:8080', 'tool.lan', '.team.example'],
})

test.for(['localhost', 'LOCALHOST:7575', '127.0.0.1:7575', '127.8.9.10', '[::1]:7575', '[::1]', 'localhost.'])(
  'the loopback name %s is allowed without a word',
  (host) => {
    expect(plain(host)).toBe(true)
  },
)

test.for([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  'evil.example#localhost',
  'localhost:7575:1',
  'localhost\\@evil.example',
  'localhost/evil',
  '0.0.0.0',
  '[::]',
  '[::ffff:127.0.0.1]',
  '',
  'xn--localhost-',
  ' localhost',
  `${'a'.repeat(400)}`,
])('%s is none of our hosts', (host) => {
  expect(plain(host)).toBe(false)
})

test('a request without a host is refused', () => {
  expect(plain(null)).toBe(false)
})

test.for(['jobs.example.com', 'jobs.example.com:443', 'inner:8080', 'tool.lan', 'tool.lan:9000', 'a.b.team.example'])(
  '%s is allowed where the options name it',
  (host) => {
    expect(configured(host)).toBe(true)
  },
)

test.for(['jobs.example.com:8443', 'inner', 'inner:8081', 'team.example', '.team.example', 'evil-jobs.example.com'])(
  '%s is none of the hosts that the options name',
  (host) => {
    expect(configured(host)).toBe(false)
  },
)
