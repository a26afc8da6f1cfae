import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { BulkOperations } from './bulk-operations.tsx'
import { FailedList } from './failed-list.tsx'
import './failed-page.css'

/** Jobs that failed for good: why, and what to do with them. */
export function FailedPage() {
  const { failed } = useMessages()
  if (!usePermission('job:read')) return <ForbiddenPage permission="job:read" />
  return (
    <>
      <PageHeader title={failed.title} />
      <div className="page">
        <BulkOperations />
        <FailedList />
      </div>
    </>
  )
}
