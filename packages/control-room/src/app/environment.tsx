import { useSession } from '../api/use-session.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import type { Tone } from '../ui/tone.ts'

const tones: Readonly<Record<string, Tone>> = { production: 'failed', staging: 'pending' }

/** The colours of an environment: production red, staging amber, others quiet. */
function useEnvironment(): { readonly name: string; readonly tone: Tone } {
  const { environment } = useSession()
  const words: Readonly<Record<string, string>> = useMessages().shell.environment
  return { name: words[environment] ?? environment, tone: tones[environment] ?? 'cancelled' }
}

/** A stripe across the top that says at a glance where one is. Nothing in development. */
export function EnvironmentStripe() {
  const { environment } = useSession()
  const { tone } = useEnvironment()
  if (environment === '' || environment === 'development') return null
  return <div className={`stripe tone-${tone}`} aria-hidden="true" />
}

/** The name of the environment; nothing where it has none. */
export function EnvironmentChip() {
  const { name, tone } = useEnvironment()
  if (name === '') return null
  return <span className={`environment cut tone-${tone}`}>{name}</span>
}
