import { resolve } from 'node:path'
import { sizeForms } from '../../std/size.ts'
import { type Facility, facilities } from '../log/syslog-frame.ts'
import { type Setting, setting } from './setting.ts'
import { booleanFromText, sizeSchema } from './setting-schemas.ts'
import { z } from './zod.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
const formats = ['text', 'json'] as const
const channels = ['stderr', 'stdout', 'file', 'syslog', 'journald', 'otel', 'none'] as const
const facilityNames = Object.keys(facilities) as [Facility, ...Facility[]]
const gigabyte = 1_073_741_824
const asIs = (text: string): string => text

type Described = Pick<Setting<unknown>, 'description'>

function wordSetting<const Words extends readonly [string, ...string[]]>(
  words: Words,
  { description, defaultValue }: Described & { readonly defaultValue: Words[number] },
): Setting<Words[number]> {
  return setting<Words[number]>({
    schema: z.enum(words),
    type: words.map((word) => `'${word}'`).join(' | '),
    description,
    expects: `one of ${words.join(', ')}`,
    words,
    defaultValue,
    fromText: asIs,
  })
}

function switchSetting(
  description: string,
  { defaultValue = false, defaultNote }: { readonly defaultValue?: boolean; readonly defaultNote?: string } = {},
): Setting<boolean> {
  return setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description,
    expects: 'true or false',
    defaultValue,
    ...(defaultNote !== undefined && { defaultNote }),
    fromText: booleanFromText,
  })
}

/** What `work`, `dev` and `serve` write about their work, and where to. */
export const logSettings = {
  'log.channel': wordSetting(channels, {
    description:
      'Where `work`, `dev` and `serve` write their log: a stream of the process, a rotating file, syslog, the journal of systemd, a collector of OpenTelemetry, or nowhere. Other commands write their warnings to the standard error. See [logging](../deploy/logging.md).',
    defaultValue: 'stderr',
  }),
  'log.level': wordSetting(levels, { description: 'Least severe line that is written.', defaultValue: 'info' }),
  'log.format': wordSetting(formats, {
    description: 'Form of a line: text for people, or one JSON object. OpenTelemetry has its own.',
    defaultValue: 'text',
  }),
  'log.detailedExceptions': switchSetting(
    'Whether errors are written with their whole stacks and those of their causes. In production they never are: there it is message, causes and the first three frames.',
    { defaultValue: true, defaultNote: 'true, and without effect where NODE_ENV is production' },
  ),
  'log.file.path': setting<string>({
    schema: z.string().min(1).max(4_096),
    type: 'string',
    description:
      'File of the channel `file`, relative to the configuration. Several processes of a machine may share it.',
    expects: "a path; give 'log/stellwerk.log'",
    defaultValue: 'log/stellwerk.log',
    fromText: asIs,
    resolvePaths: (path, base) => resolve(base, path),
  }),
  'log.file.size': setting<number>({
    schema: sizeSchema([4_096, gigabyte]),
    type: 'number | string',
    description: 'Size at which the file is put aside as `stellwerk.log.1`, and a new one begun. A number is bytes.',
    expects: `a size from 4kb to 1gb; give ${sizeForms}`,
    defaultValue: 10_485_760,
    defaultNote: '10mb',
    fromText: asIs,
  }),
  'log.file.count': setting<number>({
    schema: z.number().int().min(1).max(1_000),
    type: 'number',
    description: 'Files that are kept in all, the current one too; the oldest goes.',
    expects: 'an integer from 1 to 1000',
    defaultValue: 5,
    fromText: (text) => (text.trim() === '' ? text : Number(text)),
  }),
  'log.syslog.address': setting<string>({
    schema: z.string().regex(/^(?:udp|tcp):\/\/(?:[\w.-]{1,253}|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i),
    type: 'string',
    description:
      'Receiver of the channel `syslog` (RFC 5424): `udp://host` (port 514 without a word) or `tcp://host` (601).',
    expects: "an address of a syslog receiver; give 'udp://127.0.0.1:514' or 'tcp://logs.internal:601'",
    defaultValue: 'udp://127.0.0.1:514',
    fromText: asIs,
  }),
  'log.syslog.facility': wordSetting(facilityNames, {
    description: 'Facility of the messages.',
    defaultValue: 'daemon',
  }),
  'log.otel.endpoint': setting<string | null>({
    schema: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .refine((text) => !/^\w+:\/\/[^/]*@/.test(text)),
    type: 'string',
    description:
      'Collector of the channel `otel`, which gets OTLP/HTTP in JSON at `/v1/logs` below it. Without it the variables of OpenTelemetry decide (`OTEL_EXPORTER_OTLP_ENDPOINT` and the like), else `http://127.0.0.1:4318`. Headers come from `OTEL_EXPORTER_OTLP_HEADERS` alone.',
    expects: "an address without user and password; give 'http://127.0.0.1:4318'",
    defaultValue: null,
    defaultNote: 'none',
    fromText: asIs,
  }),
  'debugging.traceJobs': switchSetting('Writes a line to the log for each claim, start and end of a job.'),
  'debugging.logPayload': switchSetting(
    "Writes the payload of each job that starts to the log, without its secrets and with the type's own `redact`, cut at 2 KiB.",
  ),
  'debugging.logPerformance': switchSetting(
    'Writes the figures of each job that ends to the log: waiting and running time, CPU time, memory.',
  ),
}
