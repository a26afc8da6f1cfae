import { Archive, ArchiveRestore, Ban, ListOrdered, RotateCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { JobAction, JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { asProblem } from '../../api/problem.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { ActDialog } from '../../panels/act-dialog/act-dialog.tsx'
import { useAct } from '../../panels/act-dialog/use-act.ts'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { showToast } from '../../ui/toasts.ts'
import { CopyMenu } from './copy-menu.tsx'
import type { CancelWish } from './use-cancel-wish.ts'

interface JobActionsProps {
  readonly job: JobDetail
  readonly wish: CancelWish
  /** It was deleted from here. */
  readonly onDeleted: () => void
}

/** What can be done with the job now. A retry of what went wrong is done at once; what destroys, or does good work again, asks first. */
export function JobActions({ job, wish, onDeleted }: JobActionsProps) {
  const { actions } = useMessages()
  const words = useJobWords()
  const [asked, setAsked] = useState<JobAction | null>(null)
  const doing = useAct()
  const wentWrong = job.state === 'failed' || job.state === 'cancelled'
  const can = (action: JobAction): boolean => job.actions.includes(action)
  const target = { kind: 'jobs', ids: [job.id] } as const
  const retry = () => {
    if (!can('retry') || doing.isPending) return
    if (!wentWrong) return setAsked('retry')
    doing.mutate({ action: 'retry', target }, { onSuccess: () => showToast({ kind: 'done', text: words.retried }) })
  }
  useShortcut('r', retry)
  return (
    <div className="job-actions">
      {can('retry') ? (
        <Button
          kind={wentWrong ? 'primary' : 'normal'}
          icon={RotateCw}
          aria-keyshortcuts="r"
          aria-disabled={doing.isPending}
          onClick={retry}
        >
          {actions.retry}
        </Button>
      ) : null}
      {can('cancel') ? (
        <Button icon={Ban} disabled={wish.isUnderWay} onClick={() => setAsked('cancel')}>
          {actions.cancel}
        </Button>
      ) : null}
      {can('prioritize') ? (
        <Button icon={ListOrdered} onClick={() => setAsked('prioritize')}>
          {actions.prioritize}
        </Button>
      ) : null}
      {can('archive') ? (
        <Button icon={Archive} onClick={() => setAsked('archive')}>
          {actions.archive}
        </Button>
      ) : null}
      {can('release') ? (
        <Button icon={ArchiveRestore} onClick={() => setAsked('release')}>
          {actions.release}
        </Button>
      ) : null}
      <CopyMenu job={job} />
      {can('delete') ? (
        <Button kind="danger" icon={Trash2} onClick={() => setAsked('delete')}>
          {actions.delete}
        </Button>
      ) : null}
      {doing.error === null ? null : <ProblemNote problem={asProblem(doing.error)} title={actions.retry} />}
      {asked === null ? null : (
        <ActDialog
          order={{ action: asked, target, isRunning: job.state === 'processing' }}
          onClose={() => setAsked(null)}
          onDone={(report) => asked === 'delete' && report.changed > 0 && onDeleted()}
        />
      )}
    </div>
  )
}
