import { Check, OctagonX, X } from 'lucide-react'
import { useMessages } from '../i18n/messages-context.tsx'
import { IconButton } from './button.tsx'
import { dismissToast, useToasts } from './toasts.ts'
import './toaster.css'

/** Where toasts appear; read aloud when they do. */
export function Toaster() {
  const { shell } = useMessages()
  const toasts = useToasts()
  return (
    <div className="toaster" role="status" aria-live="polite">
      {toasts.map(({ id, kind, text, answer }) => (
        <div key={id} className={`toast ${kind === 'done' ? 'tone-completed' : 'tone-failed'}`}>
          {kind === 'done' ? <Check size={16} aria-hidden="true" /> : <OctagonX size={16} aria-hidden="true" />}
          <span>
            {text} {answer === undefined ? null : <span lang={answer.lang}>{answer.text}</span>}
          </span>
          <IconButton icon={X} label={shell.close} onClick={() => dismissToast(id)} />
        </div>
      ))}
    </div>
  )
}
