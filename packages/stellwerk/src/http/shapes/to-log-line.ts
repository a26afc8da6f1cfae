import { redactJson } from '../../domain/access/redact.ts'
import type { JobLogLine } from '../../operations/job-details.ts'
import type { LogLine } from '../schemas/job-log.ts'
import { toIso } from './to-job.ts'

/** A line as the interface shows it: progress, traces and marks come as lines too, secrets taken out. Pure. */
export function toLogLine(line: JobLogLine): LogLine {
  return { at: toIso(line.at), attempt: line.attempt, kind: line.kind, ...(redactJson(contentOf(line)) as LineContent) }
}

type LineContent = Pick<LogLine, 'level' | 'message' | 'fields'>

function contentOf(line: JobLogLine): LineContent {
  switch (line.kind) {
    case 'log':
      return { level: line.level, message: line.message, fields: { ...line.fields } }
    case 'progress':
      return {
        level: 'info',
        message: line.note ?? `${line.progress} %`,
        fields: { progress: line.progress },
      }
    case 'trace': {
      const { data, memoryBytes, memoryPeakBytes } = line
      return {
        level: 'debug',
        message: line.event,
        fields: { ...(data !== undefined && { data }), memoryBytes, memoryPeakBytes },
      }
    }
    case 'dropped':
      return { level: 'warn', message: `${line.entries} older lines were dropped`, fields: { entries: line.entries } }
  }
}
