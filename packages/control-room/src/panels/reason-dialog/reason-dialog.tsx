import { type ReactNode, useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextField } from '../../ui/text-field.tsx'
import '../act-dialog/act-dialog.css'

/** The field of the reason. */
interface ReasonWords {
  readonly label: string
  readonly hint: string
}

interface ReasonDialogProps {
  readonly title: string
  /** What it means, said before it is done. */
  readonly means: string
  /** On the button that does it, and above what went wrong. */
  readonly confirm: string
  /** null = nobody is asked why, and the button has the focus. */
  readonly reason: ReasonWords | null
  /** What is under way. */
  readonly change: { readonly isPending: boolean; readonly error: Error | null }
  readonly onClose: () => void
  /** With the reason, '' where there is none. Not called while a change is under way. */
  readonly onSubmit: (reason: string) => void
  /** More to choose, below the reason. */
  readonly children?: ReactNode
}

/** Says what a change means and asks why, before it is done. */
export function ReasonDialog({
  title,
  means,
  confirm,
  reason,
  change,
  onClose,
  onSubmit,
  children,
}: ReasonDialogProps) {
  const { actions } = useMessages()
  const formId = useId()
  const [text, setText] = useState('')
  const { isPending, error } = change
  const buttons = (
    <>
      <Button onClick={onClose}>{actions.back}</Button>
      <Button
        ref={reason === null ? firstFocus : null}
        kind="primary"
        type="submit"
        form={formId}
        aria-disabled={isPending}
      >
        {isPending ? actions.working : confirm}
      </Button>
    </>
  )
  return (
    <Dialog title={title} onClose={onClose} actions={buttons}>
      <form
        id={formId}
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) onSubmit(text.trim())
        }}
      >
        <p className="muted">{means}</p>
        {reason === null ? null : (
          <TextField ref={firstFocus} {...reason} value={text} maxLength={500} autoComplete="off" onChange={setText} />
        )}
        {children}
        {error === null ? null : <ProblemNote problem={asProblem(error)} title={confirm} />}
      </form>
    </Dialog>
  )
}
