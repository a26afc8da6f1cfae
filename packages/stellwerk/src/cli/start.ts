import { quietWarnings } from './quiet-warnings.ts'
import { runCli } from './run-cli.ts'
import { watchParent } from './watch-parent.ts'

/** Runs the command line `args` in this process and leaves its exit code; the process ends when nothing is left to do. */
export async function start(args: readonly string[]): Promise<void> {
  quietWarnings()
  watchParent()
  // `stellwerk jobs | head` closes the pipe early: that is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endOnClosedPipe)
  process.exitCode = await runCli(args)
}

function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
