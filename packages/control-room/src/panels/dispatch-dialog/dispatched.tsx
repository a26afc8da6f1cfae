import { Link } from 'wouter'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'

interface DispatchedProps {
  readonly id: string
  readonly onClose: () => void
  readonly onAnother: () => void
}

/** Says that the job is in the store, and leads to it. */
export function Dispatched({ id, onClose, onAnother }: DispatchedProps) {
  const { dispatch, actions } = useMessages()
  const buttons = (
    <>
      <Button onClick={onAnother}>{dispatch.another}</Button>
      <Button onClick={onClose}>{actions.done}</Button>
    </>
  )
  return (
    <Dialog title={dispatch.title} onClose={onClose} actions={buttons}>
      <p role="status">{dispatch.done(id)}</p>
      <p>
        <Link ref={firstFocus} className="link" href={`/jobs/${id}`} onClick={onClose}>
          {dispatch.openJob}
        </Link>
      </p>
    </Dialog>
  )
}
