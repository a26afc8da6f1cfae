import type { Problem } from '../../../stellwerk/src/http/schemas/problem.ts'

/** Codes of the interface, and NETWORK: no answer came, or none that the interface would give. */
export type ProblemCode = Problem['code'] | 'NETWORK'

/** A request that did not succeed. `status` is 0 where no answer came. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly status: number
  readonly requestId: string | null

  constructor(found: { code: ProblemCode; status: number; detail: string; requestId?: string | null }) {
    super(found.detail)
    this.code = found.code
    this.status = found.status
    this.requestId = found.requestId ?? null
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
}

/** Turns an answer outside of 2xx into a problem; what does not speak the interface's language is a NETWORK problem. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body))
    return new ApiProblem({ code: body.code, status: response.status, detail: body.detail, requestId: body.instance })
  if (response.status === 401) return new ApiProblem({ code: 'UNAUTHENTICATED', status: 401, detail: 'Not signed in.' })
  return new ApiProblem({ code: 'NETWORK', status: response.status, detail: `HTTP ${response.status}` })
}

/** Any thrown thing as a problem, so that panels know one kind only. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({ code: 'NETWORK', status: 0, detail: error instanceof Error ? error.message : String(error) })
}
