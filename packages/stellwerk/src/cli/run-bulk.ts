import type { Stellwerk } from '../client/stellwerk.ts'
import type { JobState } from '../domain/job/job-state.ts'
import type { FailedSelection } from '../storage/failed-job-store.ts'
import type { Invocation } from './cli-command.ts'
import { canAsk, confirm } from './confirm.ts'
import { eachJob } from './each-job.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Chosen } from './failed-selection.ts'
import { reportError } from './report-error.ts'

/** A verb on failed jobs: its words, and what it does to one and to a selection. */
export interface BulkAction {
  readonly verb: string
  readonly past: string
  /** Whether a job in this state would be touched. */
  readonly touches: (state: JobState) => boolean
  readonly one: (ref: string) => Promise<number>
  readonly many: (selection: FailedSelection) => Promise<number>
}

/** Does it: a dry run only counts; on a terminal it asks first unless --yes; off a terminal it runs. */
export async function runBulk(
  invocation: Invocation,
  stellwerk: Stellwerk,
  work: { readonly chosen: Chosen; readonly action: BulkAction },
): Promise<ExitCode> {
  const { output, flags } = invocation
  const { chosen, action } = work
  if (flags['dryRun'] === true) return dryRun(invocation, stellwerk, work)
  const count = chosen.refs.length + (await countSelected(stellwerk, chosen))
  if (flags['yes'] !== true && count > 1 && canAsk() && !(await confirm(`${action.verb} ${jobsText(count)}?`))) {
    output.note('nothing was changed')
    return 4
  }
  if (chosen.selections.length === 0)
    return eachJob({ operands: chosen.refs, output }, { verb: action.past, act: action.one })
  let changed = 0
  for (const selection of chosen.selections) changed += await action.many(selection)
  if (output.json && chosen.refs.length === 0) output.value({ [action.past]: changed })
  else if (!output.json) output.line(`${action.past} ${jobsText(changed)}`)
  return chosen.refs.length === 0
    ? 0
    : eachJob({ operands: chosen.refs, output }, { verb: action.past, act: action.one })
}

async function countSelected(stellwerk: Stellwerk, { selections }: Chosen): Promise<number> {
  let count = 0
  for (const selection of selections) count += await stellwerk.countFailed(selection)
  return count
}

/** Says how many would be touched now; a job that is named and not there is reported and gives the exit code. */
async function dryRun(
  invocation: Invocation,
  stellwerk: Stellwerk,
  { chosen, action }: { readonly chosen: Chosen; readonly action: BulkAction },
): Promise<ExitCode> {
  let count = await countSelected(stellwerk, chosen)
  let exitCode: ExitCode = 0
  for (const ref of chosen.refs) {
    try {
      if (action.touches((await stellwerk.job(ref)).state)) count++
    } catch (error) {
      exitCode ||= reportError(error, invocation.output)
    }
  }
  sayCount(invocation, { would: action.verb, count })
  return exitCode
}

function sayCount({ output }: Invocation, { would, count }: { readonly would: string; readonly count: number }): void {
  if (output.json) output.value({ dryRun: true, would, count })
  else output.line(`would ${would} ${jobsText(count)}`)
}

function jobsText(count: number): string {
  return count === 1 ? '1 job' : `${count} jobs`
}
