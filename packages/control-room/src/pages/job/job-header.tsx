import { Archive } from 'lucide-react'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { PageHeader } from '../../app/page-header.tsx'
import { useFormat } from '../../i18n/messages-context.tsx'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { Badge } from '../../ui/badge.tsx'
import { useNow } from '../../ui/clock.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { CancelNote } from './cancel-note.tsx'
import { jobVerdict } from './job-verdict.ts'
import type { CancelWish } from './use-cancel-wish.ts'
import { verdictText } from './verdict-text.ts'

/** Which job it is, at the head of its page. */
export function JobHeader({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  return (
    <PageHeader
      title={visibleText(job.type)}
      back={{ to: '/jobs', title: words.back }}
      note={<JobNumber id={job.id} />}
    />
  )
}

/** The number of a job, to be copied. */
export function JobNumber({ id }: { readonly id: string }) {
  const words = useJobWords()
  return (
    <span className="job-note">
      <span className="mono muted">#{id}</span>
      <CopyButton text={id} label={words.copyId} />
    </span>
  )
}

interface JobVerdictLineProps {
  readonly job: JobDetail
  readonly wish: CancelWish
}

/** Where a job stands, in one sentence. */
export function JobVerdictLine({ job, wish }: JobVerdictLineProps) {
  const words = useJobWords()
  const format = useFormat()
  const verdict = jobVerdict(job, useNow(1_000))
  return (
    <p className="job-verdict">
      <StateBadge state={job.state} />
      {job.archivedAt === null ? null : <Badge tone="cancelled" icon={Archive} word={words.facts.archived} />}
      <span>{verdictText(verdict, words.verdict, format)}</span>
      <CancelNote wish={wish} />
    </p>
  )
}

/** How far a running job has come, by its own word; nothing of others. */
export function JobProgress({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  if (job.progress === null || job.state !== 'processing') return null
  return (
    <p className="job-progress small">
      <span className="muted">{words.progress}</span>
      <ProgressBar percent={job.progress} />
      {job.progressNote === null ? null : <span className="muted cut">{visibleText(job.progressNote)}</span>}
    </p>
  )
}
