import { expect, test, vi } from 'vitest'
import { RelayLane } from './relay-lane.ts'

function open() {
  const passed: string[] = []
  const shape = { latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY }
  const lane = new RelayLane({ write: (chunk: unknown) => passed.push(String(chunk)) > 0 }, () => shape)
  const send = (...texts: readonly string[]) => {
    for (const text of texts) lane.send(Buffer.from(text))
  }
  return { lane, shape, passed, send }
}

/** Stands still, so that timers are late. */
function block(ms: number): void {
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs);
}

test('nothing overtakes a chunk whose time has come and whose timer is late', async () => {
  const { shape, passed, send } = open()
  shape.latencyMs = 5
  send('a')
  block(10)
  shape.latencyMs = 0
  send('b')
  await vi.waitFor(() => expect(passed).toHaveLength(2), 20_000)
  expect(passed).toEqual(['a', 'b'])
})

test('what is sent within one turn keeps its order, however timers are rounded', async () => {
  const { shape, passed, send } = open()
  const texts = Array.from({ length: 50 }, (_, at) => `${at}`)
  shape.latencyMs = 20
  for (const text of texts) {
    send(text)
    shape.latencyMs -= 0.3
    block(0.1)
  }
  await vi.waitFor(() => expect(passed).toHaveLength(50), 20_000)
  expect(passed).toEqual(texts)
})

test('a narrow network takes its time for each byte, and a stopped one passes nothing', async () => {
  const { lane, shape, passed, send } = open()
  shape.bytesPerSecond = 100
  const begunMs = performance.now()
  send('abc', 'de')
  await vi.waitFor(() => expect(passed).toEqual(['abc', 'de']), 20_000)
  expect(performance.now() - begunMs).toBeGreaterThan(49)
  send('f')
  lane.stop()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(passed).toEqual(['abc', 'de'])
})
