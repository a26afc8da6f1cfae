import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useApi } from '../../api/api-context.tsx'
import { sessionKey } from '../../api/query-client.ts'
import { Mark } from '../../app/mark.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { LoginForm } from './login-form.tsx'
import { LoginHelp } from './login-help.tsx'
import './login.css'

function useLogin() {
  const { client } = useApi()
  const queries = useQueryClient()
  const [path, navigate] = useLocation()
  return useMutation({
    mutationFn: (token: string) => client.send<undefined>('/session', { method: 'POST', body: { token } }),
    onSuccess: async () => {
      // Whoever came for another page gets it: the address was kept.
      if (path === '/login') navigate('/', { replace: true })
      await queries.invalidateQueries({ queryKey: sessionKey })
    },
  })
}

/** Turns a token into a session. Stands at /login, and in place of any page for who is not signed in. */
export function LoginPage() {
  const { login } = useMessages()
  const { mutate, isPending, error } = useLogin()
  // The server leads here with a link that it did not take.
  const hasFailedLink = new URLSearchParams(useSearch()).get('link') === 'expired'
  useEffect(() => {
    document.title = login.title
  }, [login.title])
  return (
    <main className="login">
      <div className="login-box">
        <Mark size={32} />
        <h1>{login.title}</h1>
        {hasFailedLink ? (
          <p className="login-note" role="alert">
            {login.expiredLink}
          </p>
        ) : null}
        <p className="muted">{login.text}</p>
        <LoginForm onToken={mutate} isPending={isPending} error={error} />
        <LoginHelp />
      </div>
    </main>
  )
}
