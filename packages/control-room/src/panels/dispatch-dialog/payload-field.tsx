import { useId } from 'react'
import type { JobType } from '../../../../stellwerk/src/http/schemas/job-type.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { writeJson } from '../json-viewer/json-value.ts'
import { dispatchFaults, emptyForm } from './dispatch-form.ts'
import { payloadFields } from './payload-template.ts'

interface PayloadEditorProps {
  readonly type: JobType
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The payload as JSON, checked while it is typed, with the fields that the schema of the type names. */
export function PayloadField({ type, value, onChange }: PayloadEditorProps) {
  const { dispatch } = useMessages()
  const id = useId()
  const fault = dispatchFaults({ ...emptyForm, payload: value }).payload
  const fields = payloadFields(type.schema)
  return (
    <div className="text-field">
      <div className="payload-head">
        <label htmlFor={id}>{dispatch.payload}</label>
        {fault === null && value.trim() !== '' ? (
          <button type="button" className="link small" onClick={() => onChange(writeJson(JSON.parse(value)))}>
            {dispatch.format}
          </button>
        ) : null}
      </div>
      <textarea
        id={id}
        className="field mono"
        rows={Math.min(16, Math.max(5, value.split('\n').length + 1))}
        spellCheck={false}
        autoComplete="off"
        value={value}
        aria-invalid={fault === null ? undefined : true}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-note`} className="small" data-fault={fault === null ? undefined : ''} aria-live="polite">
        {fault === null ? null : dispatch.notJson(fault)}
      </p>
      {fields.length === 0 ? null : (
        <ul className="schema-fields small" aria-label={dispatch.schema}>
          {fields.map((field) => (
            <li key={field.name}>
              <code>
                {visibleText(field.name)}
                {field.isRequired ? '' : '?'}: {visibleText(field.type)}
              </code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
