import { type SubmitEvent, useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useSession } from '../../api/use-session.ts'
import type { Messages } from '../../i18n/messages.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toasts.ts'
import './act-dialog.css'
import { type ActOrder, type ActReport, readPriority } from './act-order.ts'
import { Refusals } from './act-preview.tsx'
import { useAct, useTrial } from './use-act.ts'

interface ActDialogProps {
  readonly order: ActOrder
  readonly onClose: () => void
  /** Called once it is done. */
  readonly onDone?: (report: ActReport) => void
}

/** Says what an action would change before it does it, and afterwards what it left as it was. */
export function ActDialog({ order, onClose, onDone }: ActDialogProps) {
  const { actions } = useMessages()
  const [report, setReport] = useState<ActReport | null>(null)
  const finish = (found: ActReport) => {
    onDone?.(found)
    if (found.refused.length > 0) return setReport(found)
    showToast({ kind: 'done', text: doneText(order, found, actions) })
    onClose()
  }
  return report === null ? (
    <AskDialog order={order} onClose={onClose} onReport={finish} />
  ) : (
    <ReportDialog order={order} report={report} onClose={onClose} />
  )
}

function ReportDialog({ order, report, onClose }: ActDialogProps & { readonly report: ActReport }) {
  const { actions } = useMessages()
  const close = (
    <Button ref={firstFocus} kind="primary" onClick={onClose}>
      {actions.done}
    </Button>
  )
  return (
    <Dialog title={actions[order.action]} onClose={onClose} actions={close}>
      <p className="act-count">{actions.changed[order.action](report.changed)}</p>
      <Refusals report={report} title={actions.refusedWas} />
    </Dialog>
  )
}

interface AskDialogProps {
  readonly order: ActOrder
  readonly onClose: () => void
  readonly onReport: (report: ActReport) => void
}

function AskDialog({ order, onClose, onReport }: AskDialogProps) {
  const { actions } = useMessages()
  const formId = useId()
  const trial = useTrial(order)
  const doing = useAct()
  const count = trial.data?.changed ?? null
  const [priority, setPriority] = useState('0')
  const typing = useTyping(order, count)
  const wanted = readPriority(priority)
  const isReady = count !== null && count > 0 && typing.isDone && wanted !== null && !doing.isPending
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady) doing.mutate({ ...order, priority: wanted }, { onSuccess: onReport })
  }
  return (
    <Dialog
      title={titleOf(order, count, actions)}
      onClose={onClose}
      actions={
        <AskButtons
          order={order}
          formId={formId}
          count={count}
          isReady={isReady}
          isWorking={doing.isPending}
          onClose={onClose}
        />
      }
    >
      <form id={formId} className="act-form" onSubmit={submit}>
        <p className="muted">
          {isTold(order)
            ? actions.meansRunning
            : actions.means[order.action](count ?? (order.target.kind === 'jobs' ? order.target.ids.length : 2))}
        </p>
        {order.action === 'prioritize' ? (
          <TextField
            label={actions.priority}
            hint={actions.priorityHint}
            fault={wanted === null ? actions.priorityWrong : undefined}
            value={priority}
            ref={firstFocus}
            autoComplete="off"
            onChange={setPriority}
          />
        ) : null}
        <TrialResult order={order} trial={trial} />
        {typing.isNeeded && count !== null && count > 0 ? (
          <TextField
            ref={focusNow}
            label={actions.typeToConfirm(typing.wanted)}
            value={typing.text}
            autoComplete="off"
            spellCheck={false}
            onChange={typing.setText}
          />
        ) : null}
        {doing.error === null ? null : <ProblemNote problem={asProblem(doing.error)} title={actions[order.action]} />}
      </form>
    </Dialog>
  )
}

/** As `ref` of what appears after the dialog has opened. */
function focusNow(element: HTMLElement | null): void {
  element?.focus()
}

interface AskButtonsProps {
  readonly order: ActOrder
  readonly formId: string
  readonly count: number | null
  readonly isReady: boolean
  readonly isWorking: boolean
  readonly onClose: () => void
}

/** What destroys does not have the focus. */
function AskButtons({ order, formId, count, isReady, isWorking, onClose }: AskButtonsProps) {
  const { actions } = useMessages()
  const destroys = isDestructive(order)
  const confirm = count === null ? actions[order.action] : actions.confirm[order.action](count)
  return (
    <>
      <Button ref={destroys ? firstFocus : null} onClick={onClose}>
        {actions.back}
      </Button>
      <Button
        ref={destroys || order.action === 'prioritize' ? null : firstFocus}
        kind={destroys ? 'danger' : 'primary'}
        type="submit"
        form={formId}
        aria-disabled={!isReady}
      >
        {isWorking ? actions.working : confirm}
      </Button>
    </>
  )
}

function TrialResult({ order, trial }: { readonly order: ActOrder; readonly trial: ReturnType<typeof useTrial> }) {
  const { actions } = useMessages()
  if (trial.error !== null) return <ProblemNote problem={asProblem(trial.error)} onRetry={() => void trial.refetch()} />
  if (trial.data === undefined) {
    return (
      <p className="act-count">
        <span className="unseen">{actions.counting}</span>
        <Skeleton width="60%" height="20px" />
      </p>
    )
  }
  const { changed } = trial.data
  return (
    <>
      <p className="act-count" role="status">
        {changed === 0 ? actions.nothing : actions.willChange[order.action](changed)}
      </p>
      <Refusals report={trial.data} title={actions.refused} />
    </>
  )
}

interface Typing {
  readonly isNeeded: boolean
  readonly wanted: string
  readonly text: string
  readonly setText: (text: string) => void
  readonly isDone: boolean
}

/** In production the number of jobs is typed before many of them change at once or any is destroyed. */
function useTyping(order: ActOrder, count: number | null): Typing {
  const { environment } = useSession()
  const [text, setText] = useState('')
  const isNeeded = environment === 'production' && (isDestructive(order) || order.target.kind === 'failed')
  const wanted = String(count ?? '')
  return { isNeeded, wanted, text, setText, isDone: !isNeeded || text.trim() === wanted }
}

/** A job that runs is not cancelled at once: its station is told to. */
function isTold({ action, isRunning }: ActOrder): boolean {
  return action === 'cancel' && isRunning === true
}

function doneText(order: ActOrder, { changed, operation }: ActReport, words: Messages['actions']): string {
  if (operation !== undefined) return words.goesOn(operation.matched)
  return isTold(order) ? words.toldToCancel : words.changed[order.action](changed)
}

function isDestructive({ action }: ActOrder): boolean {
  return action === 'delete' || action === 'cancel'
}

/** Until the failed jobs of a selection are counted, the title says no number. */
function titleOf(order: ActOrder, count: number | null, words: Messages['actions']): string {
  const known = count ?? (order.target.kind === 'jobs' ? order.target.ids.length : null)
  return known === null ? words[order.action] : words.title[order.action](known)
}
