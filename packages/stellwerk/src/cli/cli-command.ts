import type { Command } from 'commander'
import type { ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'

/** Options that every command takes. */
export interface GlobalFlags {
  readonly store?: string
  readonly schema?: string
  readonly config?: string
  readonly json?: boolean
  readonly color?: boolean
}

/** One call of a command. `flags` holds its own options as commander read them, texts unchecked. */
export interface Invocation {
  readonly operands: readonly string[]
  readonly flags: Readonly<Record<string, unknown>>
  readonly global: GlobalFlags
  readonly output: Output
}

/** A command: how it is called and what it does. */
export interface CliCommand {
  /** Adds arguments, options and examples. */
  readonly configure: (command: Command) => void
  readonly run: (invocation: Invocation) => Promise<ExitCode>
}
