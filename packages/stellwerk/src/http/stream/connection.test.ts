import { expect, test, vi } from 'vitest'
import { Connection, slowReaderBytes } from './connection.ts'

const chunk = new Uint8Array(slowReaderBytes / 4)

test('one who does not read is dropped once 256 KiB wait, and what waited is freed', async () => {
  const onEnd = vi.fn()
  const connection = new Connection(onEnd)
  for (let sent = 0; sent < 4; sent++) connection.send(chunk)
  expect(connection.hasEnded).toBe(false)
  connection.send(chunk)
  expect(connection.hasEnded).toBe(true)
  expect(onEnd).toHaveBeenCalledOnce()
  await expect(connection.body.getReader().read()).rejects.toThrow('too slow')
})

test('one event may be larger than the bound: who reads it gets it', async () => {
  const connection = new Connection(() => {})
  const large = new Uint8Array(3 * slowReaderBytes)
  connection.send(large)
  const reader = connection.body.getReader()
  await reader.read()
  expect((await reader.read()).value).toBe(large)
  connection.send(chunk)
  expect((await reader.read()).value).toBe(chunk)
  connection.close()
  expect((await reader.read()).done).toBe(true)
})

test('a viewer who leaves ends it, once', async () => {
  const onEnd = vi.fn()
  const connection = new Connection(onEnd)
  await connection.body.cancel()
  connection.close()
  connection.send(chunk)
  expect(onEnd).toHaveBeenCalledOnce()
})
