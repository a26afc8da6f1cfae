import { useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useSession } from '../../api/use-session.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useWorkerWords } from '../workers/worker-words.ts'
import '../act-dialog/act-dialog.css'
import type { OrderKind, OrderReach, OrderTarget } from './order-reach.ts'
import { effectText } from './order-words.ts'
import { useGiveOrder } from './use-orders.ts'

interface OrderDialogProps {
  readonly kind: OrderKind
  readonly target: OrderTarget
  /** The target in words. */
  readonly name: string
  readonly reach: OrderReach
  readonly onClose: () => void
}

/** The number that a text means within the bounds, null where it is none. */
export function readProcesses(text: string, bounds: OrderReach['bounds']): number | null {
  const value = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN
  return bounds !== null && value >= bounds.min && value <= bounds.max ? value : null
}

/** Whether an order ends workers. Pure. */
export function isEnd(kind: OrderKind): boolean {
  return kind === 'stop' || kind === 'stop_now'
}

function isCounted(kind: OrderKind): boolean {
  return kind === 'scale' || kind === 'start'
}

interface Filled {
  /** What stands in the field of processes. */
  readonly text: string
  readonly setText: (text: string) => void
  /** undefined = the order takes none, null = what stands there is none. */
  readonly processes: number | null | undefined
  readonly mustType: boolean
  readonly typed: string
  readonly setTyped: (text: string) => void
  readonly isComplete: boolean
}

/** What is filled in. In production the number of workers is typed before several of them end. */
function useFilled({ kind, reach }: OrderDialogProps): Filled {
  const { environment } = useSession()
  const { bounds, workers } = reach
  const [text, setText] = useState(String(Math.max(1, bounds?.min ?? 1, bounds?.now ?? 1)))
  const [typed, setTyped] = useState('')
  const mustType = isEnd(kind) && workers > 1 && environment === 'production'
  const processes = isCounted(kind) ? readProcesses(text, bounds) : undefined
  const isComplete = processes !== null && (!mustType || typed.trim() === String(workers))
  return { text, setText, processes, mustType, typed, setTyped, isComplete }
}

/** Says what an order will do before it is given. What ends something does not have the focus. */
export function OrderDialog(props: OrderDialogProps) {
  const { kind, target, name, reach, onClose } = props
  const workers = useWorkerWords()
  const { actions } = useMessages()
  const { orders: words } = workers
  const formId = useId()
  const giving = useGiveOrder(onClose)
  const filled = useFilled(props)
  const { processes } = filled
  const isReady = filled.isComplete && !giving.isPending
  const give = () => {
    if (isReady) giving.mutate({ kind, target, ...(typeof processes === 'number' ? { processes } : {}) })
  }
  const buttons = (
    <>
      <Button ref={isEnd(kind) && !filled.mustType ? firstFocus : null} onClick={onClose}>
        {actions.back}
      </Button>
      <Button
        ref={isEnd(kind) || isCounted(kind) ? null : firstFocus}
        kind={isEnd(kind) ? 'danger' : 'primary'}
        type="submit"
        form={formId}
        aria-disabled={!isReady}
      >
        {giving.isPending ? actions.working : words.kind[kind]}
      </Button>
    </>
  )
  return (
    <Dialog title={words.ask[kind](name)} onClose={onClose} actions={buttons}>
      <form
        id={formId}
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          give()
        }}
      >
        <p>{effectText(kind, reach, words)}</p>
        <OrderFields reach={reach} filled={filled} />
        {giving.error === null ? null : <ProblemNote problem={asProblem(giving.error)} title={words.kind[kind]} />}
      </form>
    </Dialog>
  )
}

function OrderFields({
  reach: { bounds, stations, workers },
  filled,
}: {
  readonly reach: OrderReach
  readonly filled: Filled
}) {
  const words = useWorkerWords()
  const { actions } = useMessages()
  const { orders } = words
  return (
    <>
      {filled.processes === undefined || bounds === null ? null : (
        <TextField
          ref={firstFocus}
          label={orders.processes}
          hint={orders.processesHint(bounds.min, bounds.max, stations)}
          fault={filled.processes === null ? orders.processesWrong(bounds.min, bounds.max) : undefined}
          value={filled.text}
          inputMode="numeric"
          autoComplete="off"
          onChange={filled.setText}
        />
      )}
      {filled.mustType ? (
        <TextField
          ref={firstFocus}
          label={actions.typeToConfirm(String(workers))}
          value={filled.typed}
          autoComplete="off"
          onChange={filled.setTyped}
        />
      ) : null}
    </>
  )
}
