import { type ReactNode, useCallback, useState } from 'react'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { showToast } from '../../ui/toasts.ts'
import { ActDialog } from '../act-dialog/act-dialog.tsx'
import type { ActOrder, ActTarget } from '../act-dialog/act-order.ts'
import { useAct } from '../act-dialog/use-act.ts'
import type { OnAct } from './row-actions.tsx'

/** How a list acts on its jobs. */
export interface RowActs {
  /** Opens the dialog. */
  readonly ask: (action: JobAction, target: ActTarget) => void
  /** One row: a retry at once, all else by the dialog. Stays the same function. */
  readonly onRow: OnAct
  /** The dialog while it is open; belongs into the page. */
  readonly dialog: ReactNode
}

/** Acts on jobs of a list; `onDone` is called after each. */
export function useRowActs(onDone: () => void): RowActs {
  const { jobs, problems } = useMessages()
  const [order, setOrder] = useState<ActOrder | null>(null)
  const { mutate } = useAct()
  const onRow = useCallback<OnAct>(
    (action, id) => {
      const target = { kind: 'jobs', ids: [id] } as const
      if (action !== 'retry') return setOrder({ action, target })
      mutate(
        { action, target },
        {
          onSuccess: ({ refused: [refusal] }) => {
            if (refusal === undefined) showToast({ kind: 'done', text: jobs.retried(id) })
            else showToast({ kind: 'problem', text: problems.codes[refusal.code] ?? problems.unknown })
            onDone()
          },
          onError: (error) =>
            showToast({ kind: 'problem', text: problems.codes[asProblem(error).code] ?? problems.unknown }),
        },
      )
    },
    [mutate, jobs, problems, onDone],
  )
  return {
    ask: (action, target) => setOrder({ action, target }),
    onRow,
    dialog: order === null ? null : <ActDialog order={order} onClose={() => setOrder(null)} onDone={onDone} />,
  }
}
