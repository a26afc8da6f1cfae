import { Lock, LogOut } from 'lucide-react'
import { Link } from 'wouter'
import { useSession } from '../api/use-session.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from './page-header.tsx'
import { useSignOut } from './use-sign-out.ts'

/** For a page that the role of the one who looks does not open; names the permission, and leads out. */
export function ForbiddenPage({ permission }: { readonly permission: string }) {
  const { forbidden, settings } = useMessages().shell
  const { actor } = useSession()
  const signOut = useSignOut()
  return (
    <>
      <PageHeader title={forbidden.title} />
      <div className="page">
        <EmptyState icon={Lock} title={forbidden.text(permission)} hint={forbidden.hint}>
          {actor.kind === 'session' ? (
            <Button icon={LogOut} onClick={signOut}>
              {settings.signOut}
            </Button>
          ) : null}
          <Link className="link" href="/about">
            {settings.about}
          </Link>
        </EmptyState>
      </div>
    </>
  )
}
