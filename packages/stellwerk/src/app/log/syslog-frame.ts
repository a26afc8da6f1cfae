import { formatEntry, type LogFormat } from './format-entry.ts'
import type { LogEntry } from './log-entry.ts'
import { syslogSeverity } from './stream-sink.ts'

/** Numbers of the facilities (RFC 5424, table 1) that a service may use. */
export const facilities = {
  user: 1,
  daemon: 3,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const

/** Name of a facility. */
export type Facility = keyof typeof facilities

/** Who sends. */
export interface SyslogSender {
  readonly facility: Facility
  readonly hostname: string
  readonly pid: number
  readonly format: LogFormat
}

/** What every receiver in use takes in one message, in bytes (rsyslog: 8 KiB). */
const maxMessageBytes = 8_000

/** One message of RFC 5424: header, no structured data, and the line in UTF-8, cut between characters where it is too long. Pure. */
export function syslogMessage(entry: LogEntry, { facility, hostname, pid, format }: SyslogSender): Buffer {
  const priority = facilities[facility] * 8 + syslogSeverity[entry.level]
  const time = new Date(entry.at).toISOString()
  const head = `<${priority}>1 ${time} ${nameOf(hostname, 255)} stellwerk ${pid} - - `
  const line = Buffer.from(head + formatEntry(entry, { format, hasTime: false, pid: null }))
  return line.length <= maxMessageBytes ? line : cut(line)
}

/** A message within a stream: its length in bytes before it (RFC 6587, 3.4.1). */
export function octetCounted(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `), message])
}

function cut(line: Buffer): Buffer {
  const mark = Buffer.from('…')
  let end = maxMessageBytes - mark.length
  // Never within a character: the bytes that go on with one begin with 10.
  while (((line[end] ?? 0) & 0xc0) === 0x80) end--
  return Buffer.concat([line.subarray(0, end), mark])
}

/** Printable ASCII without spaces, '-' where nothing is left. */
function nameOf(text: string, most: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, most) || '-'
}
