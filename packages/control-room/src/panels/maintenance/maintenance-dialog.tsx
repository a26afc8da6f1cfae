import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { MaintenanceState } from '../../../../stellwerk/src/http/schemas/pause.ts'
import '../act-dialog/act-dialog.css'
import { useApi } from '../../api/api-context.tsx'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toasts.ts'

interface MaintenanceRequest {
  readonly on: boolean
  readonly reason?: string
}

interface MaintenanceDialogProps {
  /** Whether it is to be on. */
  readonly isOn: boolean
  readonly onClose: () => void
}

/** Says what maintenance, or its end, means before it does it. */
export function MaintenanceDialog({ isOn, onClose }: MaintenanceDialogProps) {
  const { shell, actions } = useMessages()
  const { maintenance: words } = shell
  const { client } = useApi()
  const cache = useQueryClient()
  const formId = useId()
  const [reason, setReason] = useState('')
  const change = useMutation({
    mutationFn: (body: MaintenanceRequest) => client.send<MaintenanceState>('/maintenance', { method: 'PUT', body }),
    onSuccess: () => {
      showToast({ kind: 'done', text: isOn ? words.begun : words.ended })
      onClose()
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['live'] }),
  })
  const send = () => {
    const text = reason.trim()
    if (!change.isPending) change.mutate({ on: isOn, ...(text === '' ? {} : { reason: text }) })
  }
  const name = isOn ? 'begin' : 'end'
  return (
    <Dialog
      title={words.ask[name]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{actions.back}</Button>
          <Button
            ref={isOn ? null : firstFocus}
            kind="primary"
            type="submit"
            form={formId}
            aria-disabled={change.isPending}
          >
            {change.isPending ? actions.working : words[name]}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p className="muted">{words.effect[name]}</p>
        {isOn ? (
          <TextField
            ref={firstFocus}
            label={words.reason}
            hint={words.reasonHint}
            value={reason}
            maxLength={500}
            autoComplete="off"
            onChange={setReason}
          />
        ) : null}
        {change.error === null ? null : <ProblemNote problem={asProblem(change.error)} title={words[name]} />}
      </form>
    </Dialog>
  )
}
