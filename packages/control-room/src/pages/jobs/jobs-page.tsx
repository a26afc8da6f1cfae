import { Plus } from 'lucide-react'
import { useState } from 'react'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { DispatchDialog } from '../../panels/dispatch-dialog/dispatch-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { JobsList } from './jobs-list.tsx'
import './jobs-page.css'

/** Jobs of every state: filter, look, choose, act. */
export function JobsPage() {
  const { jobs } = useMessages()
  if (!usePermission('job:read')) return <ForbiddenPage permission="job:read" />
  return (
    <>
      <PageHeader title={jobs.title}>
        <DispatchButton />
      </PageHeader>
      <div className="page">
        <JobsList />
      </div>
    </>
  )
}

function DispatchButton() {
  const { dispatch } = useMessages()
  const [isOpen, setOpen] = useState(false)
  if (!usePermission('job:dispatch')) return null
  return (
    <>
      <Button icon={Plus} aria-label={dispatch.open} title={dispatch.open} onClick={() => setOpen(true)}>
        <span className="dispatch-word">{dispatch.open}</span>
      </Button>
      {isOpen ? <DispatchDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
