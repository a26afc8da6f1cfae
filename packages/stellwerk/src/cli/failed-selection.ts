import type { Command } from 'commander'
import { StellwerkError } from '../domain/errors.ts'
import type { FailedSelection } from '../storage/failed-job-store.ts'
import { pastTimeOf, textFlag, wrong } from './read-flags.ts'

/** What a bulk command was asked to touch: single jobs by reference, and selections of failed jobs. */
export interface Chosen {
  readonly refs: readonly string[]
  readonly selections: readonly FailedSelection[]
}

type Flags = Readonly<Record<string, unknown>>
const rangePattern = /^(\d{1,16})-(\d{1,16})$/

/** Adds the options that choose failed jobs, and how sure one is. */
export function addSelectionOptions(command: Command): Command {
  return command
    .argument('[ids...]', "ids, uuids, or ranges of ids such as '1-10'")
    .option('--all', 'all failed jobs')
    .option('--queue <name>', 'failed jobs of this queue')
    .option('--type <name>', 'failed jobs of this type')
    .option('--range <from-to>', "failed jobs with these ids, such as '1-10'")
    .option('--since <time>', "failed since then: ISO 8601, or '2h' for two hours ago")
    .option('--until <time>', 'failed before then')
    .option('--dry-run', 'say how many, and change nothing')
    .option('-y, --yes', 'do not ask')
}

/** What operands and options choose. Options narrow one selection; operands stand by themselves. @throws OPTION_INVALID */
export function readChosen(operands: readonly string[], flags: Flags, now: number): Chosen {
  const ranges = operands.filter((operand) => rangePattern.test(operand))
  const refs = operands.filter((operand) => !rangePattern.test(operand))
  const narrowed = readSelection(flags, now)
  if (operands.length > 0 && (narrowed !== null || flags['all'] === true)) {
    throw new StellwerkError(
      'OPTION_INVALID',
      'ids and options that choose failed jobs are both given; give one of them',
    )
  }
  if (operands.length === 0 && narrowed === null && flags['all'] !== true) {
    throw new StellwerkError(
      'OPTION_INVALID',
      "no job is chosen; give ids, a range such as '1-10', --queue, --type, --since, --until, or --all",
    )
  }
  const selections = operands.length > 0 ? ranges.map((range) => rangeOf('range', range)) : [narrowed ?? {}]
  return { refs, selections }
}

function readSelection(flags: Flags, now: number): FailedSelection | null {
  const [queue, type, range, since, until] = ['queue', 'type', 'range', 'since', 'until'].map((key) =>
    textFlag(flags, key),
  )
  const selection: FailedSelection = {
    ...(queue !== undefined && { queue }),
    ...(type !== undefined && { type }),
    ...(range !== undefined && rangeOf('--range', range)),
    ...(since !== undefined && { failedFrom: pastTimeOf('--since', since, now) }),
    ...(until !== undefined && { failedTo: pastTimeOf('--until', until, now) }),
  }
  return Object.keys(selection).length === 0 ? null : selection
}

function rangeOf(name: string, text: string): FailedSelection {
  const match = rangePattern.exec(text)
  const [fromId, toId] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || fromId > toId)
    throw wrong(name, text, "a range of ids; give the lower one first, such as '1-10'")
  return { fromId, toId }
}
