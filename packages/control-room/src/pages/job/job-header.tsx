import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { PageHeader } from '../../app/page-header.tsx'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { CancelNote } from './cancel-note.tsx'
import { jobVerdict } from './job-verdict.ts'
import { verdictText } from './verdict-text.ts'

/** Which job it is, at the head of its page. */
export function JobHeader({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  return (
    <PageHeader
      title={visibleText(job.type)}
      back={{ to: '/jobs', title: words.back }}
      note={
        <span className="job-note">
          <span className="mono muted">#{job.id}</span>
          <CopyButton text={job.id} label={words.copyId} />
        </span>
      }
    />
  )
}

/** Where a job stands, in one sentence. */
export function JobVerdictLine({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  const format = useFormat()
  const verdict = jobVerdict(job, useNow(1_000))
  return (
    <p className="job-verdict">
      <StateBadge state={job.state} />
      <span>{verdictText(verdict, words.verdict, format)}</span>
      <CancelNote job={job} />
      {job.progress === null || job.state !== 'processing' ? null : (
        <Progress value={job.progress} note={job.progressNote} />
      )}
    </p>
  )
}

function Progress({ value, note }: { readonly value: number; readonly note: string | null }) {
  const { job: words } = useMessages()
  const format = useFormat()
  return (
    <span className="job-progress">
      <progress max={100} value={value} aria-label={words.progress} />
      <span className="small">{format.percent(value / 100)}</span>
      {note === null ? null : <span className="small muted cut">{visibleText(note)}</span>}
    </span>
  )
}
