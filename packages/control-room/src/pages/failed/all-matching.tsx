import { RotateCw, Trash2 } from 'lucide-react'
import type { FailedJobList } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import type { FailedSelectionRequest } from '../../../../stellwerk/src/http/schemas/failed-selection.ts'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { serverNow } from '../../api/server-clock.ts'
import { usePermission } from '../../api/use-session.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import type { ActTarget } from '../../panels/act-dialog/act-order.ts'
import { Button } from '../../ui/button.tsx'
import type { FailedSelection } from './failed-filter.ts'

interface AllMatchingProps {
  readonly selection: FailedSelection
  /** The page that is shown; undefined until it has come. */
  readonly data: FailedJobList | undefined
  /** A part of the filter was not understood: what would be acted on is not what was meant. */
  readonly isUnclear: boolean
  readonly hasFilter: boolean
  readonly onAct: (action: JobAction, target: ActTarget) => void
}

/** How many failures there are, and what can be done with all of them at once. */
export function AllMatching({ selection, data, isUnclear, hasFilter, onAct }: AllMatchingProps) {
  const { failed, actions } = useMessages()
  const mayRetry = usePermission('job:retry')
  const mayDelete = usePermission('job:delete')
  const ask = (action: JobAction) => onAct(action, { kind: 'failed', selection: boundTo(selection, data) })
  return (
    <div className="all-matching">
      <strong>
        <Total data={data} hasFilter={hasFilter} />
      </strong>
      {isUnclear ? <span className="small muted">{failed.bulkBlocked}</span> : null}
      <span className="all-actions">
        {mayRetry ? (
          <Button icon={RotateCw} disabled={isUnclear} onClick={() => ask('retry')}>
            {actions.retryAll}
          </Button>
        ) : null}
        {mayDelete ? (
          <Button kind="danger" icon={Trash2} disabled={isUnclear} onClick={() => ask('delete')}>
            {actions.deleteAll}
          </Button>
        ) : null}
      </span>
    </div>
  )
}

function Total({ data, hasFilter }: Pick<AllMatchingProps, 'data' | 'hasFilter'>) {
  const { failed } = useMessages()
  const format = useFormat()
  if (data === undefined) return null
  const { total, totalIsCapped } = data
  if (totalIsCapped) return failed.totalMany(format.number(total - 1))
  return hasFilter ? failed.totalMatching(total) : failed.total(total)
}

/** The question of the page up to now: what fails while one decides is not swept in. */
function boundTo(selection: FailedSelection, data: FailedJobList | undefined): FailedSelectionRequest {
  const newest = Math.max(serverNow(), ...(data?.jobs ?? []).map(({ failure }) => Date.parse(failure.failedAt) + 1))
  return { failedTo: new Date(newest).toISOString(), ...selection }
}
