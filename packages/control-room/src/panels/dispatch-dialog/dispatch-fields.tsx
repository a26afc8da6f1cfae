import { type SubmitEvent, useId, useState } from 'react'
import type { JobType } from '../../../../stellwerk/src/http/schemas/job-type.ts'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { writeJson } from '../json-viewer/json-value.ts'

import { type DispatchForm, dispatchRequest, emptyForm, isSendable } from './dispatch-form.ts'
import { DispatchOptions } from './dispatch-options.tsx'
import { PayloadField } from './payload-field.tsx'
import { payloadTemplate } from './payload-template.ts'
import type { Sending } from './sending.ts'

interface DispatchFieldsProps {
  /** At least one. */
  readonly types: readonly JobType[]
  readonly sending: Sending
  readonly onClose: () => void
}

/** Type, payload and options of a job to be. */
export function DispatchFields({ types, sending, onClose }: DispatchFieldsProps) {
  const { dispatch, actions } = useMessages()
  const formId = useId()
  const [form, setForm] = useState(emptyForm)
  const type = types.find((known) => known.type === form.type)
  const change = (part: Partial<DispatchForm>) => setForm({ ...form, ...part })
  const isReady = isSendable(form) && !sending.isPending
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady) sending.mutate(dispatchRequest(form))
  }
  const buttons = (
    <>
      <Button onClick={onClose}>{actions.back}</Button>
      <Button kind="primary" type="submit" form={formId} aria-disabled={!isReady}>
        {sending.isPending ? dispatch.working : dispatch.submit}
      </Button>
    </>
  )
  return (
    <Dialog title={dispatch.title} size="wide" onClose={onClose} actions={buttons}>
      <form id={formId} className="act-form" onSubmit={submit}>
        <TypeField
          types={types}
          value={form.type}
          onChange={(name) => change({ type: name, payload: templateOf(types.find((known) => known.type === name)) })}
        />
        {type === undefined ? null : (
          <>
            {type.served ? null : <p className="dispatch-note tone-pending">{dispatch.unserved}</p>}
            <PayloadField type={type} value={form.payload} onChange={(payload) => change({ payload })} />
            <DispatchOptions type={type} form={form} onChange={change} />
          </>
        )}
        {sending.error === null ? null : <ProblemNote problem={asProblem(sending.error)} title={dispatch.refused} />}
      </form>
    </Dialog>
  )
}

interface TypeFieldProps {
  readonly types: readonly JobType[]
  readonly value: string
  readonly onChange: (type: string) => void
}

function TypeField({ types, value, onChange }: TypeFieldProps) {
  const { dispatch } = useMessages()
  const id = useId()
  return (
    <div className="text-field">
      <label htmlFor={id}>{dispatch.type}</label>
      <select
        ref={firstFocus}
        id={id}
        className="field"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="" disabled>
          {dispatch.chooseType}
        </option>
        {types.map(({ type }) => (
          <option key={type} value={type}>
            {visibleText(type)}
          </option>
        ))}
      </select>
    </div>
  )
}

function templateOf(type: JobType | undefined): string {
  return type?.schema == null ? '' : writeJson(payloadTemplate(type.schema))
}
