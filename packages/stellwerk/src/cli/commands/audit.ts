import { resolveJobId } from '../../operations/find-job.ts'
import { listAudit } from '../../operations/list-audit.ts'
import { type AuditVerdict, verifyAudit } from '../../operations/verify-audit.ts'
import type { AuditEntry, AuditFilter, AuditOutcome } from '../../storage/audit-store.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { type Project, withProject } from '../open-project.ts'
import type { Colour, Output } from '../output.ts'
import { integerOf, pastTimeOf, textFlag, wordOf } from '../read-flags.ts'
import { showTime } from '../show-time.ts'
import { type Column, writeTable } from '../table.ts'
import { toJson } from '../to-json.ts'

const outcomes: readonly AuditOutcome[] = ['done', 'refused', 'denied', 'failed']
const colours: Readonly<Record<AuditOutcome, Colour>> = {
  done: 'green',
  refused: 'yellow',
  denied: 'red',
  failed: 'red',
}

const columns: readonly Column<AuditEntry>[] = [
  { header: 'ID', text: ({ id }) => String(id), align: 'right', spare: 5 },
  { header: 'AT', text: ({ at }) => showTime(at) },
  { header: 'WHO', text: ({ actorKind, actorName }) => `${actorKind} ${actorName}`, shrinks: true },
  { header: 'FROM', text: ({ ip }) => ip ?? '', spare: 4 },
  { header: 'ACTION', text: ({ action }) => action },
  { header: 'TARGET', text: ({ target }) => target, shrinks: true },
  { header: 'CHANGE', text: changeOf, shrinks: true, spare: 1 },
  {
    header: 'OUTCOME',
    text: ({ outcome, reason }) => (reason === null ? outcome : `${outcome} ${reason}`),
    colour: ({ outcome }) => colours[outcome],
  },
]

/** `stellwerk audit`: who did what, newest first; with --verify whether the log is as it was written. */
export const auditCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--since <time>', "from then: ISO 8601, or '2h' for two hours ago")
      .option('--until <time>', 'before then')
      .option('--actor <name>', 'what this user, token or application did')
      .option('--action <name>', "such as 'job:retry', 'token:create', 'session:open'")
      .option('--job <id>', 'what was done with this job by its id or uuid')
      .option('--outcome <word>', outcomes.join(', '))
      .option('--limit <number>', 'rows to show, 1 to 200', '50')
      .option('--before <id>', 'go on behind this row')
      .option('--verify', 'walk the chain of the whole log; exits 7 where it is broken')
      .addHelpText(
        'after',
        '\nExamples:\n  stellwerk audit --since 1d --actor ada\n  stellwerk audit --job 17\n  stellwerk audit --outcome denied\n  stellwerk audit --verify',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, (project) =>
      invocation.flags['verify'] === true ? verify(invocation, project) : list(invocation, project),
    ),
}

async function list(invocation: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const { output } = invocation
  const page = await listAudit(stellwerk.deps(), await readFilter(invocation, stellwerk))
  const { entries, nextBeforeId } = page
  if (output.json) {
    output.value({ entries: entries.map(entryJson), nextBefore: nextBeforeId === null ? null : String(nextBeforeId) })
    return 0
  }
  if (entries.length === 0) output.note('no row fits')
  else writeTable(output, columns, entries)
  if (nextBeforeId !== null) output.note(`more with --before ${nextBeforeId}`)
  return 0
}

async function readFilter({ flags }: Invocation, stellwerk: Project['stellwerk']): Promise<Partial<AuditFilter>> {
  const text = (key: string): string | undefined => textFlag(flags, key)
  const [since, until, actor, action, job, outcome, before] = [
    text('since'),
    text('until'),
    text('actor'),
    text('action'),
    text('job'),
    text('outcome'),
    text('before'),
  ]
  const now = since === undefined && until === undefined ? 0 : await stellwerk.now()
  return {
    limit: integerOf('--limit', text('limit') ?? '50', [1, 200]),
    ...(since !== undefined && { from: pastTimeOf('--since', since, now) }),
    ...(until !== undefined && { to: pastTimeOf('--until', until, now) }),
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(job !== undefined && { target: `job ${await resolveJobId(stellwerk.deps(), job)}` }),
    ...(outcome !== undefined && { outcome: wordOf('--outcome', outcome, outcomes) }),
    ...(before !== undefined && { beforeId: integerOf('--before', before, [1, Number.MAX_SAFE_INTEGER]) }),
  }
}

async function verify({ output }: Invocation, { stellwerk }: Project): Promise<ExitCode> {
  const verdict = await verifyAudit(stellwerk.deps())
  if (output.json) output.value(verdictJson(verdict))
  else writeVerdict(output, verdict)
  return verdict.isIntact ? 0 : 7
}

function verdictJson({ anchorId, lastId, faults, ...rest }: AuditVerdict): Readonly<Record<string, unknown>> {
  return { ...toJson(rest), anchorId: String(anchorId), lastId: String(lastId), faults: faults.map(toJson) }
}

function writeVerdict(output: Output, verdict: AuditVerdict): void {
  const { isIntact, checked, faults, anchorId, anchorAt, lastId, lastHash } = verdict
  output.line(
    isIntact
      ? output.paint('green', `the log is as it was written: ${checked} rows`)
      : output.paint('red', `the log is not as it was written: of ${checked} rows`),
  )
  for (const { id, fault } of faults) output.line(`  row ${id}: ${words[fault]}`)
  if (anchorId > 0) output.line(`retention has removed the rows up to ${anchorId}, of ${showTime(anchorAt)}`)
  output.line(`last row ${lastId}, hash ${lastHash}`)
}

const words: Readonly<Record<AuditVerdict['faults'][number]['fault'], string>> = {
  changed: 'it was changed',
  missing: 'rows before it are missing, or others stand in their place',
  cut: 'the end of the log is not where its writers left it',
}

function changeOf({ before, after, count }: AuditEntry): string {
  const change = [before, after].filter((part) => part !== null).join(' → ')
  return count === null ? change : `${change}${change === '' ? '' : ', '}${count} in all`
}

function entryJson(entry: AuditEntry): Readonly<Record<string, unknown>> {
  const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
  const { tokenId, filter, before, after } = entry
  const token = { tokenId: tokenId === null ? null : String(tokenId) }
  return { ...toJson(entry), ...token, filter: parsed(filter), before: parsed(before), after: parsed(after) }
}
