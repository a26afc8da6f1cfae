import { text as readAll } from 'node:stream/consumers'
import { backoffFromText } from '../../app/configuration/setting-schemas.ts'
import type { DispatchedJob } from '../../client/dispatched-job.ts'
import type { DispatchOptions } from '../../client/job-settings.ts'
import type { Stellwerk } from '../../client/stellwerk.ts'
import { isStellwerkError, StellwerkError } from '../../domain/errors.ts'
import { checkPayloadText } from '../../domain/job/check-payload.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { durationOf, integerOf, textFlag, timeOf, wrong } from '../read-flags.ts'
import { readPriority } from './priority.ts'

type Flags = Readonly<Record<string, unknown>>

/** Jobs of one statement when many are dispatched. */
const chunkSize = 1_000

/** `stellwerk dispatch TYPE [PAYLOAD]`: checks the payload against the type's schema, then stores the job durably. */
export const dispatchCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<type>', 'job type')
      .argument('[payload]', "payload as JSON; '-' reads it from the standard input")
      .option('--delay <duration>', "wait this long first: seconds, or '10m'")
      .option('--run-at <time>', 'not before then, ISO 8601')
      .option('--queue <name>', "queue, in place of the definition's")
      .option('--priority <value>', 'low, normal, high, critical, or -100 to 100')
      .option('--weight <number>', 'seconds it is brought forward within its priority')
      .option('--tries <number>', 'attempts in all')
      .option('--timeout <duration>', 'time limit of an attempt')
      .option('--backoff <durations>', "pause before a retry: '30s', '30s,1m,2m' or '5s..1h'")
      .option('--retry-until <time>', 'tries until then, ISO 8601; replaces --tries')
      .option('--max-exceptions <number>', 'thrown errors allowed')
      .option('--max-crashes <number>', 'deaths of its process allowed')
      .option('--fail-on-timeout', 'a timeout fails it for good')
      .option('--parent <id>', 'job that it belongs to')
      .option('--count <number>', 'dispatch it so many times, 1 to 1000000', '1')
      .addHelpText(
        'after',
        `\nExamples:\n  stellwerk dispatch send-email '{"userId": 17}' --delay 10m --priority high\n  echo '{"userId": 17}' | stellwerk dispatch send-email -`,
      )
  },
  run: async (invocation) => {
    const { operands, flags, output } = invocation
    const [type = '', payloadText] = operands
    const text = payloadText === '-' ? await readAll(process.stdin) : payloadText
    const options = readDispatchOptions(flags)
    const count = integerOf('--count', textFlag(flags, 'count') ?? '1', [1, 1_000_000])
    return withProject(invocation, { jobs: true }, async ({ stellwerk, configuration }) => {
      const payload = readPayload(text, configuration.values.maxPayload)
      const { first, last } = await dispatchTimes(stellwerk, { type, payload, options, count })
      if (count === 1) {
        if (output.json) output.value({ id: String(first.id), uuid: first.uuid })
        else output.line(`dispatched job ${first.id} (${first.uuid})`)
      } else if (output.json) output.value({ dispatched: count, firstId: String(first.id), lastId: String(last.id) })
      else output.line(`dispatched ${count} jobs, ${first.id} to ${last.id}`)
      return 0
    })
  },
}

interface Dispatches {
  readonly type: string
  readonly payload: unknown
  readonly options: DispatchOptions
  readonly count: number
}

async function dispatchTimes(
  stellwerk: Stellwerk,
  { type, payload, options, count }: Dispatches,
): Promise<{ first: DispatchedJob; last: DispatchedJob }> {
  if (count === 1) {
    const only = await stellwerk.dispatch(type, payload, options)
    return { first: only, last: only }
  }
  const definition = stellwerk.registry.get(type)
  const ends: DispatchedJob[] = []
  for (let left = count; left > 0; left -= chunkSize) {
    const requests = Array.from({ length: Math.min(left, chunkSize) }, () => ({ definition, payload, options }))
    const jobs = await stellwerk.dispatchMany(requests)
    ends.push(...jobs.slice(0, 1), ...jobs.slice(-1))
  }
  return { first: ends[0] as DispatchedJob, last: ends.at(-1) as DispatchedJob }
}

/** Under the limits before it is parsed: what a text hides is refused here by the code that every face gives. */
function readPayload(text: string | undefined, maxBytes: number): unknown {
  if (text === undefined) return undefined
  try {
    return checkPayloadText(text, { maxBytes })
  } catch (error) {
    if (!isStellwerkError(error, 'PAYLOAD_NOT_JSON')) throw error
    throw new StellwerkError(error.code, `${error.message}; quote JSON for the shell, such as '{"userId": 17}'`, {
      cause: error,
    })
  }
}

function readDispatchOptions(flags: Flags): DispatchOptions {
  const read = <Value>(key: string, convert: (name: string, text: string) => Value): Value | undefined => {
    const text = textFlag(flags, key)
    return text === undefined
      ? undefined
      : convert(`--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, text)
  }
  const integer =
    (least: number, most: number) =>
    (name: string, text: string): number =>
      integerOf(name, text, [least, most])
  const asGiven = (_name: string, text: string): string => text
  const options = {
    delay: read('delay', durationOf),
    runAt: read('runAt', timeOf),
    queue: read('queue', asGiven),
    priority: read('priority', (_name, text) => readPriority(text)),
    weight: read('weight', integer(-1_000_000, 1_000_000)),
    tries: read('tries', integer(1, 10_000)),
    timeout: read('timeout', durationOf),
    backoff: read('backoff', backoffOf),
    retryUntil: read('retryUntil', timeOf),
    maxExceptions: read('maxExceptions', integer(1, 10_000)),
    maxCrashes: read('maxCrashes', integer(1, 100)),
    failOnTimeout: flags['failOnTimeout'] === true ? true : undefined,
    parent: read('parent', integer(1, Number.MAX_SAFE_INTEGER)),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as DispatchOptions
}

function backoffOf(name: string, text: string): NonNullable<DispatchOptions['backoff']> {
  try {
    return backoffFromText(text) as NonNullable<DispatchOptions['backoff']>
  } catch {
    throw wrong(name, text, "a backoff; give '30s', a list such as '30s,1m,2m', or '5s..1h'")
  }
}
