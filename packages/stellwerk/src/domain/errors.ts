/** Every code an error of Stellwerk can carry. The set is closed: HTTP status and exit code derive from it. */
export const errorCodes = [
  'PAYLOAD_INVALID',
  'PAYLOAD_TOO_LARGE',
  'PAYLOAD_NOT_JSON',
  'JOB_TYPE_UNKNOWN',
  'JOB_TYPE_DUPLICATE',
  'JOB_DEFINITION_INVALID',
  'OPTION_INVALID',
  'JOB_NOT_FOUND',
  'JOB_NOT_RETRYABLE',
  'JOB_NOT_WAITING',
  'JOB_NOT_ARCHIVABLE',
  'JOB_NOT_ARCHIVED',
  'JOB_PROCESSING',
  'CONFIG_INVALID',
  'CONFIG_NOT_LOADED',
  'JOBS_NOT_LOADED',
  'STORE_ADDRESS_INVALID',
  'STORE_NOT_WRITABLE',
  'STORE_UNREACHABLE',
  'STORE_BUSY',
  'STORE_FULL',
  'STORE_FOREIGN',
  'STORE_CORRUPT',
  'SCHEMA_TOO_NEW',
  'SCHEMA_MISSING',
  'SQLITE_TOO_OLD',
  'SERVER_TOO_OLD',
  'TRANSACTION_INVALID',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
  'TOKEN_NOT_FOUND',
  'HOST_NOT_ALLOWED',
  'CROSS_SITE_REFUSED',
  'RATE_LIMITED',
  'REQUEST_TIMED_OUT',
  'PORT_IN_USE',
  'CLAIM_LOST',
  'STATION_LOST',
  'PARAMETER_INVALID',
  'BODY_INVALID',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'CURSOR_INVALID',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'QUEUE_NOT_FOUND',
  'WORKER_NOT_FOUND',
  'POOL_NOT_FOUND',
  'STATION_NOT_FOUND',
  'ORDER_REFUSED',
  'CLOSED',
  'INTERNAL',
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/**
 * The one error class of Stellwerk: `code` is for programs, `message` names the thing, the value and the remedy.
 * `details` holds the same facts as data, e.g. the issues of a payload; never secrets.
 */
export class StellwerkError extends Error {
  override readonly name = 'StellwerkError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }
}

/** Whether `error` is ours and, where a code is given, carries that code. */
export function isStellwerkError(error: unknown, code?: ErrorCode): error is StellwerkError {
  return error instanceof StellwerkError && (code === undefined || error.code === code)
}
