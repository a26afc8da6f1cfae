import type { JobSummary } from '../domain/job/job-record.ts'
import { formatDuration } from '../std/duration.ts'
import type { JobPage } from '../storage/job-store.ts'
import type { Output } from './output.ts'
import { showQueue } from './show-queue.ts'
import { showTime } from './show-time.ts'
import { showTries } from './show-tries.ts'
import { stateColour } from './state-colour.ts'
import { type Column, writeTable } from './table.ts'
import { toJson } from './to-json.ts'

/** Columns of every list of jobs. */
export const jobColumns: readonly Column<JobSummary>[] = [
  { header: 'ID', text: (job) => String(job.id), align: 'right' },
  { header: 'TYPE', text: (job) => job.type, shrinks: true },
  { header: 'QUEUE', text: (job) => showQueue(job), shrinks: true },
  { header: 'STATE', text: (job) => job.state, colour: (job) => stateColour(job.state) },
  { header: 'PRIO', text: (job) => String(job.priority), align: 'right' },
  { header: 'TRY', text: (job) => showTries(job), align: 'right' },
  { header: 'CREATED', text: (job) => showTime(job.createdAt) },
  { header: 'RAN', text: (job) => (job.runMs === null ? '' : formatDuration(job.runMs)), align: 'right' },
]

/** Writes one page of jobs and how to see the next. */
export function writeJobPage(output: Output, page: JobPage, columns: readonly Column<JobSummary>[] = jobColumns): void {
  if (output.json) {
    output.value({
      jobs: page.jobs.map(toJson),
      nextBefore: page.nextBeforeId === null ? null : String(page.nextBeforeId),
      scanned: page.scanned,
    })
    return
  }
  if (page.jobs.length === 0) output.note('no job matches')
  else writeTable(output, columns, page.jobs)
  if (page.nextBeforeId !== null) output.note(`more with --before ${page.nextBeforeId}`)
  if (page.scanned !== null) output.note(`looked at the newest ${page.scanned} jobs`)
}
