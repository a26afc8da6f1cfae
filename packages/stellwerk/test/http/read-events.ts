/** Data of any event of the stream. */
export interface EventFields {
  readonly topic?: string
  readonly at?: string
  readonly value?: unknown
  readonly ops?: unknown
  readonly since?: string | null
  readonly code?: string
}

/** Events of a stream as a viewer parses them. */
export interface ReadStream {
  /** All of them, once the stream has ended. */
  readonly events: Promise<readonly (readonly [name: string, fields: EventFields])[]>
  /** What came so far, raw. */
  readonly text: () => string
}

/** Reads a stream of server-sent events to its end. */
export function readEvents(stream: ReadableStream<Uint8Array>): ReadStream {
  let text = ''
  const decoder = new TextDecoder()
  const read = async () => {
    for await (const bytes of stream) text += decoder.decode(bytes, { stream: true })
    return parseEvents(text)
  }
  return { events: read(), text: () => text }
}

/** The events within `text`, comments left out. */
export function parseEvents(text: string): readonly (readonly [string, EventFields])[] {
  return text
    .split('\n\n')
    .map((block) => /^event: (\w+)\ndata: (.*)$/.exec(block))
    .filter((match) => match !== null)
    .map(([, name = '', data = '']) => [name, JSON.parse(data) as EventFields] as const)
}
