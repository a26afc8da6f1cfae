import type { RetentionKind } from '../../domain/retention/retention.ts'
import { countExpired, type PruneReport, pruneHistory } from '../../operations/prune-history.ts'
import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'
import { retentionOf } from '../retention-of.ts'
import { type Column, writeTable } from '../table.ts'

const words: Readonly<Record<RetentionKind, string>> = {
  payloads: 'payloads and results of finished jobs',
  finished: 'completed and cancelled jobs',
  failed: 'failed jobs',
  minutes: 'metrics by minute',
  hours: 'metrics by hour',
  days: 'metrics by day',
  audit: 'rows of the audit log',
}

const columns: readonly Column<readonly [string, number]>[] = [
  { header: 'KIND', text: ([kind]) => words[kind as RetentionKind] },
  { header: 'ROWS', text: ([, rows]) => String(rows), align: 'right' },
]

/** `stellwerk prune`: removes now what is older than its retention; stations do it by themselves once a minute. */
export const pruneCommand: CliCommand = {
  configure: (command) => {
    command
      .option('--dry-run', 'say how many rows, and change nothing')
      .addHelpText(
        'after',
        '\nHow long each kind is kept is in the configuration under retention. PostgreSQL drops whole days.\n\nExamples:\n  stellwerk prune --dry-run\n  STELLWERK_RETENTION_FAILED=90d stellwerk prune',
      )
  },
  run: (invocation) =>
    withProject(invocation, {}, async ({ stellwerk, configuration }) => {
      const { flags, output } = invocation
      const retention = retentionOf(configuration.values)
      const dryRun = flags['dryRun'] === true
      const report: PruneReport = dryRun
        ? await countExpired(stellwerk.deps(), retention)
        : await pruneHistory(stellwerk.deps(), { retention })
      if (output.json) output.value({ dryRun, rows: report })
      else {
        writeTable(output, columns, Object.entries(report))
        output.note(dryRun ? 'nothing was changed' : 'pruned')
      }
      return 0
    }),
}
