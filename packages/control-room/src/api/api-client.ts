import { parseJson } from './parse-json.ts'
import { asProblem, readProblem } from './problem.ts'

/** What one request may say. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** Speaks with the interface below one address. */
export interface ApiClient {
  /** The address of a path of the interface, such as `/jobs/17`. */
  address(path: string): string
  /** The answer as the route promises it; undefined for an answer without a body. @throws {ApiProblem} */
  send<Answer>(path: string, request?: ApiRequest): Promise<Answer>
}

const TIMEOUT_MS = 15_000

function headersFor(body: unknown): HeadersInit {
  const accept = { accept: 'application/json, application/problem+json' }
  return body === undefined ? accept : { ...accept, 'content-type': 'application/json' }
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw await readProblem(response)
  const text = await response.text()
  return (text === '' ? undefined : parseJson(text)) as Answer
}

/** A client of the interface that is mounted at `basePath`. A request without an answer ends after 15 s. */
export function createApiClient(basePath: string): ApiClient {
  const address = (path: string) => `${basePath}/api/v1${path}`
  return {
    address,
    async send<Answer>(path: string, { method = 'GET', body, signal }: ApiRequest = {}) {
      const limit = new AbortController()
      const timer = setTimeout(() => limit.abort(new Error('the server took too long')), TIMEOUT_MS)
      try {
        const response = await fetch(address(path), {
          method,
          headers: headersFor(body),
          body: body === undefined ? null : JSON.stringify(body),
          credentials: 'same-origin',
          redirect: 'error',
          signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
        })
        return await answerOf<Answer>(response)
      } catch (error) {
        if (signal?.aborted === true) throw error
        throw asProblem(error)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
