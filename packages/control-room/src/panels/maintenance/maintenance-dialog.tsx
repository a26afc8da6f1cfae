import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MaintenanceState } from '../../../../stellwerk/src/http/schemas/pause.ts'
import { useApi } from '../../api/api-context.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { showToast } from '../../ui/toasts.ts'
import { ReasonDialog } from '../reason-dialog/reason-dialog.tsx'

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
  const { maintenance: words } = useMessages().shell
  const { client } = useApi()
  const cache = useQueryClient()
  const change = useMutation({
    mutationFn: (body: MaintenanceRequest) => client.send<MaintenanceState>('/maintenance', { method: 'PUT', body }),
    onSuccess: () => {
      showToast({ kind: 'done', text: isOn ? words.begun : words.ended })
      onClose()
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['live'] }),
  })
  const name = isOn ? 'begin' : 'end'
  return (
    <ReasonDialog
      title={words.ask[name]}
      means={words.effect[name]}
      confirm={words[name]}
      reason={isOn ? { label: words.reason, hint: words.reasonHint } : null}
      change={change}
      onClose={onClose}
      onSubmit={(reason) => change.mutate({ on: isOn, ...(reason === '' ? {} : { reason }) })}
    />
  )
}
