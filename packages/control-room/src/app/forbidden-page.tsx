import { Lock } from 'lucide-react'
import { useMessages } from '../i18n/messages-context.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from './page-header.tsx'

/** For a page that the role of the one who looks does not open; names the permission. */
export function ForbiddenPage({ permission }: { readonly permission: string }) {
  const { forbidden } = useMessages().shell
  return (
    <>
      <PageHeader title="403" />
      <div className="page">
        <EmptyState icon={Lock} title={forbidden.title} hint={forbidden.text(permission)}>
          <p>{forbidden.hint}</p>
        </EmptyState>
      </div>
    </>
  )
}
