import { expect, test } from 'vitest'
import { addressKey, clientAddress } from './client-address.ts'

const from = (socketAddress: string | null, forwarded: string | null, behindProxy: boolean): string | null =>
  clientAddress({
    socketAddress,
    behindProxy,
    headers: new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded }),
  })

test('what a client says of itself is not believed', () => {
  expect(from('10.0.0.1', '1.2.3.4', false)).toBe('10.0.0.1')
})

test('behind a proxy it is the entry that the proxy added', () => {
  expect(from('10.0.0.1', '6.6.6.6, 1.2.3.4', true)).toBe('1.2.3.4')
  expect(from('10.0.0.1', '1.2.3.4:5678', true)).toBe('1.2.3.4')
  expect(from('10.0.0.1', '[2001:db8::1]:5678', true)).toBe('2001:db8::1')
  expect(from('10.0.0.1', null, true)).toBe('10.0.0.1')
  expect(from('10.0.0.1', ' , ', true)).toBe('10.0.0.1')
})

test('IPv4 within IPv6 is IPv4, and nobody tells means null', () => {
  expect(from('::ffff:127.0.0.1', null, false)).toBe('127.0.0.1')
  expect(from('fe80::1%eth0', null, false)).toBe('fe80::1')
  expect(from(null, '1.2.3.4', false)).toBeNull()
})

test('addresses of one IPv6 network count as one', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(addressKey('2001:db8:1:2::9')).toBe('2001:db8:1:2')
  expect(addressKey('2001:db8::9')).toBe('2001:db8:0:0')
  expect(addressKey('::1')).toBe('0:0:0:0')
  expect(addressKey('1.2.3.4')).toBe('1.2.3.4')
  expect(addressKey(null)).toBe('unknown')
})
