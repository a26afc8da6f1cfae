import type { LucideIcon } from 'lucide-react'
import { Archive, ArchiveRestore, Ban, ListOrdered, RotateCw, Trash2, X } from 'lucide-react'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useSession } from '../../api/use-session.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { actPermissions } from '../act-dialog/act-order.ts'
import './selection-bar.css'

interface SelectionBarProps {
  readonly count: number
  readonly offered: readonly JobAction[]
  readonly onAct: (action: JobAction) => void
  readonly onClear: () => void
}

const icons: Readonly<Record<JobAction, LucideIcon>> = {
  retry: RotateCw,
  cancel: Ban,
  prioritize: ListOrdered,
  delete: Trash2,
  archive: Archive,
  release: ArchiveRestore,
}

/** What can be done with the chosen rows; at the foot of the window while any is chosen. */
export function SelectionBar({ count, offered, onAct, onClear }: SelectionBarProps) {
  const { jobs, actions } = useMessages()
  const { permissions } = useSession()
  if (count === 0) return null
  return (
    <section className="selection-bar" aria-label={jobs.selection}>
      <strong role="status">{jobs.selected(count)}</strong>
      {offered
        .filter((action) => permissions.includes(actPermissions[action]))
        .map((action) => (
          <Button
            key={action}
            icon={icons[action]}
            kind={action === 'delete' ? 'danger' : 'normal'}
            onClick={() => onAct(action)}
          >
            {actions[action]}
          </Button>
        ))}
      <IconButton icon={X} label={jobs.clearSelection} onClick={onClear} />
    </section>
  )
}
