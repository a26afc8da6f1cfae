import { formatEntry, type LogFormat } from './format-entry.ts'
import type { LogEntry, LogSink } from './log-entry.ts'
import type { RotatingFile } from './rotating-file.ts'
import type { WriteLine } from './stream-sink.ts'

/** How lines reach a file. */
export interface FileSinkOptions {
  readonly file: RotatingFile
  readonly format: LogFormat
  /** Takes what the file cannot, with the reason once per outage. */
  readonly fallback: WriteLine
}

/** Lines that one write takes. */
const mostLines = 1_000

/**
 * Lines to a file that is shared: those of one turn of the event loop are one write, errors are written at once, and what is left is written when the process exits.
 * While the file cannot be written its lines go to `fallback`.
 */
export function createFileSink({ file, format, fallback }: FileSinkOptions): LogSink {
  let waiting: string[] = []
  let turn: NodeJS.Immediate | undefined
  let isAway = false
  const flush = (): void => {
    clearImmediate(turn)
    turn = undefined
    if (waiting.length === 0) return
    const text = waiting.join('')
    waiting = []
    try {
      file.append(text)
      isAway = false
    } catch (error) {
      if (!isAway) fallback(`stellwerk: the log file cannot be written, its lines come here: ${reasonOf(error)}\n`)
      isAway = true
      fallback(text)
    }
  }
  process.on('exit', flush)
  return {
    write: (entry: LogEntry): void => {
      waiting.push(`${formatEntry(entry, { format, hasTime: true, pid: process.pid })}\n`)
      if (entry.level === 'error' || waiting.length >= mostLines) flush()
      else turn ??= setImmediate(flush)
    },
    close: async () => {
      flush()
      process.off('exit', flush)
      file.close()
      await Promise.resolve()
    },
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
