import { expect, test } from 'vitest'
import type { ControlRoomOptions } from '../client/control-room-options.ts'
import { type Arrival, readVisit } from './visit.ts'

const plain: Arrival = { socketAddress: '10.0.0.9', isEncrypted: false, mountedAt: '', incoming: null }

interface Given {
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly arrival?: Partial<Arrival>
  readonly options?: ControlRoomOptions
}

function visit({ url = 'http://room.invalid/jobs', headers = {}, arrival = {}, options = {} }: Given) {
  return readVisit(new Request(url, { headers }), { ...plain, ...arrival }, options)
}

test('at the root the path is the whole path', () => {
  expect(visit({ headers: { host: 'LOCALHOST:7575' } })).toMatchObject({
    path: '/jobs',
    prefix: '',
    isSecure: false,
    origin: 'http://localhost:7575',
    ip: '10.0.0.9',
  })
})

test.for([
  ['/tools/jobs', 'http://x/tools/jobs/queues', '/queues'],
  ['/tools/jobs/', 'http://x/tools/jobs', '/'],
  ['/tools/jobs', 'http://x/tools/jobs/', '/'],
  ['/tools/jobs', 'http://x/tools/jobsx', null],
  ['/tools/jobs', 'http://x/queues', null],
] as const)('under basePath %s the address %s is %s', ([basePath, url, path]) => {
  expect(visit({ url, options: { basePath } })).toMatchObject({ path, prefix: '/tools/jobs' })
})

test('what the framework took off stands before our paths, and is not taken off again', () => {
  const seen = visit({
    url: 'http://x/tools/queues',
    arrival: { mountedAt: '/tools' },
    options: { basePath: '/ignored' },
  })
  expect(seen).toMatchObject({ path: '/tools/queues', prefix: '/tools' })
})

test('what a proxy says counts only where one is trusted', () => {
  const headers = {
    host: 'inner:7575',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'jobs.example.com',
    'x-forwarded-prefix': '/shop/',
  }
  expect(visit({ headers })).toMatchObject({ host: 'inner:7575', ip: '10.0.0.9', isSecure: false, prefix: '' })
  expect(visit({ headers, options: { behindProxy: true } })).toMatchObject({
    host: 'jobs.example.com',
    ip: '1.2.3.4',
    isSecure: true,
    origin: 'https://jobs.example.com',
    prefix: '/shop',
  })
})

test.for(['//evil.example', '/a"onload=x', '/a b', 'javascript:', '/../x?y', '/<script>'])(
  'the forwarded prefix %s is none',
  (prefix) => {
    const seen = visit({ headers: { 'x-forwarded-prefix': prefix }, options: { behindProxy: true } })
    expect(seen.prefix).toBe('')
  },
)

test('a public address with https makes sessions secure', () => {
  expect(visit({ options: { publicUrl: 'https://jobs.example.com' } }).isSecure).toBe(true)
  expect(visit({ arrival: { isEncrypted: true } }).isSecure).toBe(true)
})

test('without a Host field it is that of the address', () => {
  expect(visit({ url: 'https://jobs.example.com/x' })).toMatchObject({ host: 'jobs.example.com', isSecure: true })
})
