import { StellwerkError } from '../domain/errors.ts'
import { formatSize } from '../std/size.ts'

/** The largest payload there may be, and room for what surrounds it. */
export const defaultBodyBytes = 1_048_576 + 65_536

/**
 * The JSON that a request carries; undefined where it has no body. Read no further than `maxBytes`.
 * @throws MEDIA_TYPE_UNSUPPORTED for another media type, charset or a compressed body, BODY_TOO_LARGE, BODY_INVALID for what is no JSON in UTF-8
 */
export async function readBody(request: Request, maxBytes: number): Promise<unknown> {
  if (request.body === null) return undefined
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxBytes) throw tooLarge(maxBytes)
  const bytes = await readBytes(request.body, maxBytes)
  if (bytes.length === 0) return undefined
  checkMediaType(request.headers)
  return parseJson(bytes)
}

function checkMediaType(headers: Headers): void {
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity')
    throw unsupported(`content-encoding '${shorten(encoding)}' is not accepted; send the body as it is`)
  const given = headers.get('content-type')
  const [type = '', ...parameters] = (given ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  if (type !== 'application/json')
    throw unsupported(
      `content-type ${given === null ? 'is missing' : `'${shorten(given)}' is not accepted`}; send 'application/json'`,
    )
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset))
    throw unsupported(`charset '${shorten(charset)}' is not accepted; send UTF-8`)
}

async function readBytes(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch (cause) {
    const why = cause instanceof SyntaxError ? shorten(cause.message, 160) : 'it is not UTF-8'
    throw new StellwerkError('BODY_INVALID', `the body is not JSON: ${why}`, { cause })
  }
}

function tooLarge(maxBytes: number): StellwerkError {
  return new StellwerkError(
    'BODY_TOO_LARGE',
    `the body is larger than ${formatSize(maxBytes)}; send less at once, and store what is large elsewhere`,
  )
}

function unsupported(message: string): StellwerkError {
  return new StellwerkError('MEDIA_TYPE_UNSUPPORTED', message)
}

function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
