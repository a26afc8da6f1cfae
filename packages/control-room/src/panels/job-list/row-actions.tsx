import { Ban, RotateCw, Trash2 } from 'lucide-react'
import { memo } from 'react'
import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { usePermission } from '../../api/use-session.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'

/** Does an action to one job, or asks first. */
export type OnAct = (action: JobAction, id: string) => void

interface RowActionsProps {
  readonly id: string
  readonly state: Job['state']
  readonly onAct: OnAct
}

const retryable: readonly Job['state'][] = ['completed', 'failed', 'cancelled']
const cancellable: readonly Job['state'][] = ['scheduled', 'pending', 'blocked', 'retrying', 'processing']

/** What can be done with one row, as small buttons. */
export const RowActions = memo(function RowActionButtons({ id, state, onAct }: RowActionsProps) {
  const { actions } = useMessages()
  const mayRetry = usePermission('job:retry')
  const mayCancel = usePermission('job:cancel')
  const mayDelete = usePermission('job:delete')
  return (
    <span className="row-actions">
      {mayRetry && retryable.includes(state) ? (
        <IconButton icon={RotateCw} label={`${actions.retry} ${id}`} onClick={() => onAct('retry', id)} />
      ) : null}
      {mayCancel && cancellable.includes(state) ? (
        <IconButton icon={Ban} label={`${actions.cancel} ${id}`} onClick={() => onAct('cancel', id)} />
      ) : null}
      {mayDelete && state !== 'processing' ? (
        <IconButton icon={Trash2} label={`${actions.delete} ${id}`} onClick={() => onAct('delete', id)} />
      ) : null}
    </span>
  )
})
