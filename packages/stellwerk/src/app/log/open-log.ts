import { StellwerkError } from '../../domain/errors.ts'
import type { Log } from '../../std/log.ts'
import type { ConfigurationValues } from '../configuration/settings.ts'
import { createLog, isDetailed } from './create-log.ts'
import { createFileSink } from './file-sink.ts'
import type { LogSink } from './log-entry.ts'
import { createOtlpSink } from './otlp-sink.ts'
import { otlpTarget } from './otlp-target.ts'
import { RotatingFile } from './rotating-file.ts'
import { createJournalSink, createStreamSink, silentSink, type WriteLine } from './stream-sink.ts'
import { createSyslogSink } from './syslog-sink.ts'

/** A log with its channel. */
export interface OpenLog {
  readonly log: Log
  /** Delivers what is on its way. Safe to repeat. */
  close(): Promise<void>
}

/** What the channels take from this process. */
export interface LogSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: WriteLine
  readonly stderr: WriteLine
}

/**
 * The log that the configuration asks for. Errors are written in detail outside production only.
 * @throws CONFIG_INVALID where the file of the log cannot be opened
 */
export function openLog(values: ConfigurationValues, surroundings: LogSurroundings): OpenLog {
  const sink = openSink(values, surroundings)
  const rules = { level: values['log.level'], isDetailed: isDetailed(values, surroundings.env) }
  return { log: createLog(rules, sink), close: () => sink.close() }
}

function openSink(values: ConfigurationValues, { env, stdout, stderr }: LogSurroundings): LogSink {
  const format = values['log.format']
  switch (values['log.channel']) {
    case 'stderr':
      return createStreamSink(format, stderr)
    case 'stdout':
      return createStreamSink(format, stdout)
    case 'journald':
      return createJournalSink(format, stderr)
    case 'file':
      return createFileSink({ file: openFile(values), format, fallback: stderr })
    case 'syslog':
      return createSyslogSink({
        address: values['log.syslog.address'],
        facility: values['log.syslog.facility'],
        format,
        note: stderr,
      })
    case 'otel':
      return createOtlpSink({ target: otlpTarget(values['log.otel.endpoint'], env), note: stderr })
    case 'none':
      return silentSink
  }
}

function openFile(values: ConfigurationValues): RotatingFile {
  const path = values['log.file.path']
  const file = new RotatingFile({ path, maxBytes: values['log.file.size'], count: values['log.file.count'] })
  try {
    file.open()
    return file
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError(
      'CONFIG_INVALID',
      `log.file.path: ${path} cannot be written: ${reason}; give a path that the user of this process may write, or another log.channel`,
      { cause },
    )
  }
}
