import type { DemoOptions } from './demo-options.ts'
import type { DemoSummary } from './summary.ts'

/** The summary as people read it. */
export function summaryText(summary: DemoSummary): string {
  const { completed, completedAfterRetry, dispatched, failed, files, jobsPerSecond, packages, seconds } = summary
  const lines = [
    '',
    `${packages} packages with ${files} files, ${megabytes(summary.bytes)}: ${dispatched} jobs in ${seconds.toFixed(1)} s, ${jobsPerSecond} jobs/s`,
    `  completed ${completed} (${completedAfterRetry} after a retry), failed ${failed}`,
    '',
    'Slowest',
    ...summary.slowest.map((job) => `  ${`${job.runMs} ms`.padStart(9)}  ${job.type} ${job.package}  (job ${job.id})`),
    '',
    'Largest files',
    ...summary.largest.map((file) => `  ${megabytes(file.bytes).padStart(9)}  ${file.package}/${file.path}`),
    '',
    'Failures by cause (these are real: odd packages, and the broken ones in demo/broken)',
    ...summary.failures.flatMap(({ cause, count, examples }) => [
      `  ${String(count).padStart(3)}  ${cause}`,
      `       ${examples.map((example) => `${example.package} (job ${example.id})`).join(', ')}${count > examples.length ? ', …' : ''}`,
    ]),
  ]
  return lines.join('\n')
}

/** What to try beside the running demo. */
export function nextSteps(options: DemoOptions, summary: DemoSummary, link: string): string {
  const where = `--config demo/stellwerk.config.ts${storeFlags(options)}`
  const failedId = summary.failures[0]?.examples[0]?.id ?? 1
  return [
    '',
    'Station and control room go on:',
    `  ${link}`,
    'Try, in another terminal:',
    `  npx stellwerk queues ${where}`,
    `  npx stellwerk jobs ${where}`,
    `  npx stellwerk job ${failedId} ${where}`,
    `  npx stellwerk failed ${where}`,
    `  npx stellwerk retry ${failedId} ${where}`,
    `  npx stellwerk work ${where}     (a second station)`,
    'Ctrl+C ends the demo.',
  ].join('\n')
}

/** Nothing where the store is the one that demo/stellwerk.config.ts names. */
function storeFlags({ isDefaultStore, schema, store }: DemoOptions): string {
  if (isDefaultStore) return ''
  return ` --store ${withoutPassword(store)}${store.startsWith('postgres') ? ` --schema ${schema}` : ''}`
}

/** An address that may be shown. */
export function withoutPassword(store: string): string {
  return store.replace(/^(postgres(?:ql)?:\/\/[^:@/]*):[^@]*@/, '$1:…@')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
