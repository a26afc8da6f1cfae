import { useMessages } from '../../i18n/messages-context.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'

/** Says where tokens come from. */
export function LoginHelp() {
  const { login } = useMessages()
  return (
    <details className="login-help">
      <summary>{login.help}</summary>
      <p>{login.helpText}</p>
      <CodeBlock code={login.command} label={login.helpText} />
      <p>{login.helpDev}</p>
    </details>
  )
}
