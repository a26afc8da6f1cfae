import { StellwerkError } from '../../domain/errors.ts'
import type { Visit } from '../visit.ts'
import { isCrossSite } from './cross-site.ts'
import type { HostCheck } from './host-check.ts'

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const longestAddress = 8_192

/** Lets a request in before anybody asks whose it is. @throws HOST_NOT_ALLOWED, METHOD_NOT_ALLOWED, PARAMETER_INVALID, BODY_TOO_LARGE, CROSS_SITE_REFUSED */
export function admit(visit: Visit, rules: { readonly isOurHost: HostCheck; readonly maxBodyBytes: number }): void {
  if (!rules.isOurHost(visit.host)) throw wrongHost(visit.host)
  checkSize(visit, rules.maxBodyBytes)
  const { method, origin, path, request } = visit
  const isPage = path?.startsWith('/api/') !== true
  if (isCrossSite({ method, headers: request.headers, ownOrigin: origin, isPage }))
    throw new StellwerkError(
      'CROSS_SITE_REFUSED',
      'this did not come from a page of this control room; open it here, or send a token as Authorization: Bearer and no cookie',
    )
}

function wrongHost(host: string | null): StellwerkError {
  return new StellwerkError(
    'HOST_NOT_ALLOWED',
    `the control room does not answer under '${(host ?? '').slice(0, 100)}'; open it as localhost, or name this host as publicUrl or in allowedHosts`,
  )
}

function checkSize({ method, request }: Visit, maxBodyBytes: number): void {
  if (!methods.has(method))
    throw new StellwerkError('METHOD_NOT_ALLOWED', `${method.slice(0, 20)} is not possible here`, {
      details: { allowed: 'GET, HEAD, POST, PATCH, DELETE' },
    })
  if (request.url.length > longestAddress)
    throw new StellwerkError('PARAMETER_INVALID', `the address is longer than ${longestAddress} characters`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes)
    throw new StellwerkError('BODY_TOO_LARGE', `the body is larger than ${maxBodyBytes} bytes; send less at once`)
}
