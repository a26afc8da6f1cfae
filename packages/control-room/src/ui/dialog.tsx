import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useMessages } from '../i18n/messages-context.tsx'
import { IconButton } from './button.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly size?: 'normal' | 'wide'
  /** Called when it closes, however: button, Esc, click beside it. */
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at its foot. */
  readonly actions?: ReactNode
}

/** A modal dialog, the browser's own: it holds the focus and gives it back. Shown while it is rendered. */
export function Dialog({ title, size = 'normal', onClose, children, actions }: DialogProps) {
  const { shell } = useMessages()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser's dialog closes on Esc by itself
    <dialog
      ref={dialog}
      className="dialog"
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon={X} label={shell.close} onClick={onClose} />
      </div>
      <div className="dialog-body">{children}</div>
      {actions === undefined ? null : <div className="dialog-actions">{actions}</div>}
    </dialog>
  )
}
