import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvents, type StreamEvent } from './read-events.ts'

function bodyOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

async function eventsOf(chunks: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = []
  for await (const event of readEvents(bodyOf(chunks))) events.push(event)
  return events
}

const text =
  'retry: 2000\n\nevent: snapshot\ndata: {"größe":"7 \u{1F682}"}\n\n:\n\nevent: patch\r\ndata: 1\r\ndata: 2\r\n\r\nevent: cut'

test('events arrive whole, however the network cuts them, in the middle of a letter too', async () => {
  const bytes = new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length]
      const chunks = places.slice(1).map((end, index) => bytes.slice(places[index], end))
      expect(await eventsOf(chunks)).toEqual([
        { name: '', text: '' },
        { name: 'snapshot', text: '{"größe":"7 \u{1F682}"}' },
        { name: '', text: '' },
        { name: 'patch', text: '1\n2' },
      ])
    }),
  )
})
