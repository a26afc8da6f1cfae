/** One server-sent event; a comment comes as an event without a name, and says that the stream lives. */
export interface StreamEvent {
  readonly name: string
  readonly text: string
}

function eventOf(block: string): StreamEvent {
  let name = ''
  const texts: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim()
    if (line.startsWith('data:')) texts.push(line.slice(5).replace(/^ /, ''))
  }
  return { name, text: texts.join('\n') }
}

/** The events of a body as they arrive, however the network cuts it. Ends with the body; rejects as it does. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const blocks = (rest + decoder.decode(chunk.value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) yield eventOf(block)
    }
  } finally {
    reader.releaseLock()
  }
}
