import type { AttemptRecord, JobRecord } from '../../domain/job/job-record.ts'
import { lastCrashOf } from '../../domain/job/last-crash.ts'
import type { JobDetails, JobLogLine } from '../../operations/job-details.ts'
import { formatDuration } from '../../std/duration.ts'
import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import type { Output } from '../output.ts'
import { ownFrames } from '../own-frames.ts'
import { showTime } from '../show-time.ts'
import { showTries } from '../show-tries.ts'
import { stateColour } from '../state-colour.ts'
import { writeFacts } from '../table.ts'
import { toJson } from '../to-json.ts'

/** `stellwerk job ID`: one job with its attempts, lines and result. */
export const jobCommand: CliCommand = {
  configure: (command) => {
    command
      .argument('<id>', 'id or uuid of the job')
      .option('--stack', 'show whole stacks, not only three frames of your own code')
      .addHelpText('after', '\nExamples:\n  stellwerk job 17\n  stellwerk job 17 --json')
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk }) => {
      const details = await stellwerk.jobDetails(invocation.operands[0] ?? '')
      const uuid = stellwerk.uuid(details.job.id)
      if (invocation.output.json) {
        const { job, attempts, lines } = details
        invocation.output.value({ ...toJson(job), uuid, attempts: attempts.map(toJson), lines: lines.map(toJson) })
      } else {
        writeDetails(invocation.output, { details, uuid, wholeStacks: invocation.flags['stack'] === true })
      }
      return 0
    }),
}

function writeDetails(
  output: Output,
  shown: { readonly details: JobDetails; readonly uuid: string; readonly wholeStacks: boolean },
): void {
  const { job, attempts, lines } = shown.details
  output.line(
    `${output.paint('bold', `job ${job.id}`)}  ${safeLine(job.type)}  ${output.paint(stateColour(job.state) ?? 'bold', job.state)}`,
  )
  writeFacts(output, [['uuid', shown.uuid], ...factsOf(job), ...deathOf(job, attempts)])
  for (const attempt of attempts) writeAttempt(output, attempt, shown.wholeStacks)
  if (lines.length > 0) output.line(`\n${output.paint('bold', 'lines')}`)
  for (const line of lines)
    output.line(`${output.paint('dim', `${showTime(line.at)} #${line.attempt}`)} ${safeLine(textOf(line))}`)
}

function wishOf({ state, cancelRequested }: JobRecord): string | null {
  return cancelRequested && state === 'processing' ? 'asked for' : null
}

/** Where a dead letter went, and what killed its process last. */
function deathOf(
  { state, queue, originQueue }: JobRecord,
  attempts: readonly AttemptRecord[],
): readonly (readonly [string, string | null])[] {
  if (state !== 'failed') return []
  const crash = lastCrashOf(attempts)
  return [
    ['dead letter', originQueue === null ? null : `went to dead-letter queue \`${queue}\` from \`${originQueue}\``],
    ['last crash', crash?.message ?? null],
  ]
}

function factsOf(job: JobRecord): readonly (readonly [string, string | null])[] {
  const duration = (ms: number | null): string | null => (ms === null ? null : formatDuration(ms))
  return [
    ['queue', job.queue],
    ['priority', String(job.priority)],
    ['weight', job.weight === 0 ? null : String(job.weight)],
    [
      'tries',
      `${showTries(job)}${job.failures > 0 ? `, ${job.failures} failed` : ''}${job.crashes > 0 ? `, ${job.crashes} crashed` : ''}`,
    ],
    ['attempts', job.attempt === job.triesBegun ? null : `${job.attempt} since the dispatch`],
    ['created', showTime(job.createdAt)],
    ['run at', job.runAt === job.createdAt ? null : showTime(job.runAt)],
    ['started', showTime(job.startedAt)],
    ['finished', showTime(job.finishedAt)],
    ['cancel', wishOf(job)],
    ['archived', job.archivedAt === null ? null : `${showTime(job.archivedAt)} by ${String(job.archivedBy)}`],
    ['waited', duration(job.waitMs)],
    ['ran', duration(job.runMs)],
    ['station', job.stationId],
    ['parent', job.parentId === null ? null : String(job.parentId)],
    [
      'progress',
      job.progress === null ? null : `${job.progress} %${job.progressNote === null ? '' : ` ${job.progressNote}`}`,
    ],
    ['error', job.errorClass === null ? null : `${job.failureKind}: ${job.errorClass}: ${job.errorMessage}`],
    ['options', job.options],
    ['payload', job.payload ?? 'no longer kept'],
    ['result', job.result],
  ]
}

function writeAttempt(output: Output, attempt: AttemptRecord, wholeStack: boolean): void {
  const ran = attempt.runMs === null ? '' : ` after ${formatDuration(attempt.runMs)}`
  output.line(
    `\n${output.paint('bold', `attempt ${attempt.attempt}`)}  ${output.paint('red', attempt.kind)}${ran}  ${output.paint('dim', `${showTime(attempt.finishedAt)} on ${safeLine(attempt.host)}`)}`,
  )
  output.line(`  ${safeLine(`${attempt.errorClass}: ${attempt.message}`)}`)
  const frames = wholeStack ? (attempt.stack ?? '').split('\n').slice(1) : ownFrames(attempt.stack, 3)
  for (const frame of frames) output.line(output.paint('dim', `    ${safeLine(frame.trim())}`))
  for (const cause of attempt.causes) output.line(`  caused by ${safeLine(`${cause.errorClass}: ${cause.message}`)}`)
}

function textOf(line: JobLogLine): string {
  switch (line.kind) {
    case 'log':
      return `${line.level.padEnd(5)} ${line.message}${line.fields === undefined ? '' : ` ${JSON.stringify(line.fields)}`}`
    case 'progress':
      return `${line.progress} %${line.note === undefined ? '' : ` ${line.note}`}`
    case 'trace':
      return `trace ${line.event}${line.data === undefined ? '' : ` ${JSON.stringify(line.data)}`}`
    case 'dropped':
      return `… ${line.entries} older entries were dropped`
  }
}
