import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { ServerWords } from '../../panels/server-words/server-words.tsx'
import { visibleText } from '../../ui/visible-text.ts'

/** Of a job in a dead-letter queue: which it is, where it came from, and what killed its process last, unless that is what ended it: then it stands right below. */
export function DeadLetterNote({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  if (job.originQueue === null) return null
  const crash = job.attempts.findLast(({ kind, errorClass }) => kind === 'crash' || errorClass === 'WorkerCrash')
  return (
    <div>
      <p>{words.deadLetter(visibleText(job.queue), visibleText(job.originQueue))}</p>
      {crash === undefined || crash === job.attempts.at(-1) ? null : (
        <p className="muted small">
          {words.lastCrash} <ServerWords text={crash.message} />
        </p>
      )}
    </div>
  )
}
