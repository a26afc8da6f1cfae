import { AttemptList } from '../../panels/attempts/attempt-list.tsx'
import { errorReport } from '../../panels/attempts/error-report.ts'
import { ErrorView } from '../../panels/attempts/error-view.tsx'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { LogView } from '../../panels/log-view/log-view.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { LiveJob } from './job-topic.ts'
import { PayloadPanels } from './payload-panels.tsx'
import { TimelineView } from './timeline-view.tsx'
import { useJobLines } from './use-job-lines.ts'
import { Waterfall } from './waterfall.tsx'

interface JobSectionsProps {
  readonly job: LiveJob
  readonly hasGone: boolean
}

/** The sections of a job's page, what one looks for first at the top. */
export function JobSections({ job, hasGone }: JobSectionsProps) {
  const words = useJobWords()
  const isFailed = job.state === 'failed' || job.state === 'retrying'
  const rest = isFailed ? job.attempts.slice(0, -1) : job.attempts
  return (
    <>
      {isFailed ? <LastError job={job} /> : null}
      <Panel title={words.timeline.title}>
        <div className="job-life">
          <Waterfall job={job} />
          <TimelineView job={job} />
        </div>
      </Panel>
      {rest.length === 0 ? null : (
        <Panel title={isFailed ? words.attempts.earlier : words.attempts.title}>
          <AttemptList attempts={rest} />
        </Panel>
      )}
      <PayloadPanels job={job} />
      <LogPanel job={job} hasGone={hasGone} />
    </>
  )
}

function LastError({ job }: { readonly job: LiveJob }) {
  const words = useJobWords()
  const last = job.attempts.at(-1)
  if (last === undefined) return null
  const copy = <CopyButton text={errorReport(job, last, window.location.href)} label={words.error.copy} />
  return (
    <Panel
      title={job.state === 'failed' ? words.error.title : words.error.titleRetrying}
      note={`${words.attempts.one(last.attempt)} · ${words.error.kinds[last.kind]}`}
      actions={copy}
    >
      <ErrorView attempt={last} />
    </Panel>
  )
}

function LogPanel({ job, hasGone }: JobSectionsProps) {
  const words = useJobWords()
  const { lines, omitted, loadAll } = useJobLines(job, hasGone)
  return (
    <Panel title={words.logs.title}>
      <LogView
        lines={lines}
        omitted={omitted}
        onLoadAll={loadAll}
        empty={job.finishedAt === null && !hasGone ? words.logs.emptyYet : words.logs.empty}
      />
    </Panel>
  )
}
