import { Eye, EyeOff, LogIn } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { looksLikeToken } from './token-shape.ts'

interface LoginFormProps {
  readonly onToken: (token: string) => void
  readonly isPending: boolean
  readonly error: unknown
}

function useLoginProblem(error: unknown): string {
  const { login } = useMessages()
  const problem = asProblem(error)
  const text = useProblemText(problem)
  if (error === null) return ''
  if (problem.status === 401) return login.wrong
  return problem.status === 429 ? login.limited : text
}

/** One field for a token, checked for its shape before it is sent. */
export function LoginForm({ onToken, isPending, error }: LoginFormProps) {
  const { login } = useMessages()
  const id = useId()
  const [isShown, setShown] = useState(false)
  const [isMalformed, setMalformed] = useState(false)
  const refusal = useLoginProblem(error)
  const complaint = isMalformed ? login.malformed : refusal
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim()
    setMalformed(!looksLikeToken(token))
    if (looksLikeToken(token)) onToken(token)
  }
  return (
    <form className="login-form" onSubmit={submit}>
      <label htmlFor={id}>{login.label}</label>
      <div className="login-field">
        <input
          id={id}
          name="token"
          type={isShown ? 'text' : 'password'}
          className="mono"
          autoComplete="off"
          spellCheck={false}
          required
          aria-invalid={complaint !== ''}
          aria-describedby={`${id}-complaint`}
        />
        <IconButton
          icon={isShown ? EyeOff : Eye}
          label={isShown ? login.hide : login.show}
          onClick={() => setShown(!isShown)}
        />
      </div>
      <p id={`${id}-complaint`} className="login-complaint" role="alert">
        {complaint}
      </p>
      <Button type="submit" kind="primary" icon={LogIn} disabled={isPending}>
        {isPending ? login.submitting : login.submit}
      </Button>
    </form>
  )
}
