import type { ErrorCode } from '../domain/errors.ts'

/** Exit codes of every command, with what they mean: docs/reference/exit-codes.md is generated from this. */
export const exitCodes = {
  0: 'Done. Also a station that was stopped by a signal and gave back what it held.',
  1: 'Unexpected: a defect, or a station that ended by itself.',
  2: 'Wrong usage or input: unknown command, option, job type, or a value or payload that does not fit.',
  3: 'Not found: there is no such job.',
  4: 'Refused: the job is in a state that does not allow it, or the question was answered with no.',
  5: 'The store cannot be used: address, permissions, connection, a foreign, damaged, too new or missing schema.',
  6: 'The configuration or a jobs module is wrong or did not load.',
  7: 'doctor found something that needs attention.',
  8: 'The port is in use: another process listens there.',
  9: 'This Node is too old.',
  12: 'Reserved: a worker that left because of its memory.',
  75: 'Restart wanted: the station received USR2, gave back what it held, and is to be started again.',
} as const

/** One of {@link exitCodes}. */
export type ExitCode = keyof typeof exitCodes

/** The exit code of each error; closed, so that a new error needs its line. */
export const exitCodeOf: Readonly<Record<ErrorCode, ExitCode>> = {
  PAYLOAD_INVALID: 2,
  PAYLOAD_TOO_LARGE: 2,
  PAYLOAD_NOT_JSON: 2,
  JOB_TYPE_UNKNOWN: 2,
  OPTION_INVALID: 2,
  JOB_NOT_FOUND: 3,
  JOB_NOT_RETRYABLE: 4,
  JOB_NOT_WAITING: 4,
  JOB_PROCESSING: 4,
  STORE_ADDRESS_INVALID: 5,
  STORE_NOT_WRITABLE: 5,
  STORE_UNREACHABLE: 5,
  STORE_BUSY: 5,
  STORE_FULL: 5,
  STORE_FOREIGN: 5,
  STORE_CORRUPT: 5,
  SCHEMA_TOO_NEW: 5,
  SCHEMA_MISSING: 5,
  SQLITE_TOO_OLD: 5,
  SERVER_TOO_OLD: 5,
  CONFIG_INVALID: 6,
  CONFIG_NOT_LOADED: 6,
  JOBS_NOT_LOADED: 6,
  JOB_TYPE_DUPLICATE: 6,
  JOB_DEFINITION_INVALID: 6,
  TRANSACTION_INVALID: 2,
  HOST_NOT_ALLOWED: 4,
  CROSS_SITE_REFUSED: 4,
  RATE_LIMITED: 4,
  REQUEST_TIMED_OUT: 4,
  PORT_IN_USE: 8,
  CLAIM_LOST: 4,
  STATION_LOST: 1,
  CLOSED: 1,
  INTERNAL: 1,
}
