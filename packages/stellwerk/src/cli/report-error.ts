import { CommanderError } from 'commander'
import { type ErrorCode, errorCodes } from '../domain/errors.ts'
import { safeLine } from '../std/terminal-safe.ts'
import { type ExitCode, exitCodeOf } from './exit-codes.ts'
import type { Output } from './output.ts'

interface Described {
  readonly code: ErrorCode | 'USAGE'
  readonly message: string
  readonly details: unknown
}

/**
 * Writes the one line of an error (or its JSON) to the standard error; with STELLWERK_DEBUG=1 its stack too. `command`: whose help tells of its options. Returns the
 * exit code.
 */
export function reportError(error: unknown, output: Output, command?: string): ExitCode {
  const { code, message, details } = describe(error, command)
  if (output.json) output.note(JSON.stringify({ error: { code, message, ...(details !== undefined && { details }) } }))
  else output.note(`stellwerk: ${safeLine(message)}`)
  if (process.env['STELLWERK_DEBUG'] === '1') console.error(error)
  return code === 'USAGE' ? 2 : exitCodeOf[code]
}

function describe(error: unknown, command: string | undefined): Described {
  if (error instanceof CommanderError)
    return { code: 'USAGE', message: usageLine(error.message, command), details: undefined }
  if (error instanceof Error && 'code' in error && isErrorCode(error.code)) {
    return { code: error.code, message: error.message, details: 'details' in error ? error.details : undefined }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'INTERNAL',
    message: `unexpected: ${message}; run it again with STELLWERK_DEBUG=1 to see where`,
    details: undefined,
  }
}

/** By its code and not its class: a jobs module may have loaded another copy of the package. */
function isErrorCode(code: unknown): code is ErrorCode {
  return errorCodes.includes(code as ErrorCode)
}

function usageLine(message: string, command: string | undefined): string {
  const [first = '', suggestion = ''] = message.replace(/^error: /, '').split('\n')
  const meant = /\(Did you mean (?:one of )?(.+)\?\)/.exec(suggestion)?.[1]
  if (meant !== undefined) return `${first}; did you mean '${meant}'?`
  const help = ['stellwerk', ...(command === undefined ? [] : [command]), '--help'].join(' ')
  return first.startsWith('unknown') ? `${first}; '${help}' lists all` : first
}
