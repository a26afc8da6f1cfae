import { Signpost } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { useMessages } from '../i18n/messages-context.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from './page-header.tsx'

/** For an address that leads nowhere. */
export function MissingPage() {
  const { missing } = useMessages().shell
  const [path] = useLocation()
  return (
    <>
      <PageHeader title="404" />
      <div className="page">
        <EmptyState icon={Signpost} title={missing.title} hint={missing.text(path)}>
          <Link to="/" className="link">
            {missing.home}
          </Link>
        </EmptyState>
      </div>
    </>
  )
}
