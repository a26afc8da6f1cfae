import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { noteServerTime } from '../api/server-clock.ts'
import { SessionContext, useSessionQuery } from '../api/use-session.ts'
import { UnreachablePage } from './unreachable-page.tsx'

const LoginPage = lazy(async () => ({ default: (await import('../pages/login/login-page.tsx')).LoginPage }))

/** Lets in who has a session; shows the login page to all others, at the address where they are, so that it opens when they are in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useSessionQuery()
  useEffect(() => {
    if (session) noteServerTime(session.now)
  }, [session])
  if (session) return <SessionContext value={session}>{children}</SessionContext>
  if (session === null)
    return (
      <Suspense>
        <LoginPage />
      </Suspense>
    )
  return error === null ? null : <UnreachablePage error={error} onRetry={() => void refetch()} />
}
