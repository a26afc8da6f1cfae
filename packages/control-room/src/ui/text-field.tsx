import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import './text-field.css'

interface TextFieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'style' | 'onChange' | 'id'> {
  readonly label: ReactNode
  readonly hint?: string | undefined
  /** What is wrong with it now; said below it in place of the hint. */
  readonly fault?: string | undefined
  readonly onChange: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** A field of one line with its name above and what may be written below. */
export function TextField({ label, hint, fault, onChange, ...rest }: TextFieldProps) {
  const id = useId()
  const note = fault ?? hint
  return (
    <div className="text-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        className="field"
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {note === undefined ? null : (
        <p id={`${id}-note`} className="small" data-fault={fault === undefined ? undefined : ''}>
          {note}
        </p>
      )}
    </div>
  )
}
