import type { JobType } from '../../../../stellwerk/src/http/schemas/job-type.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type DispatchForm, dispatchFaults } from './dispatch-form.ts'

interface DispatchOptionsProps {
  readonly type: JobType
  readonly form: DispatchForm
  readonly onChange: (part: Partial<DispatchForm>) => void
}

/** What a dispatch may set in place of the type's defaults. */
export function DispatchOptions({ type, form, onChange }: DispatchOptionsProps) {
  const { dispatch, actions } = useMessages()
  const faults = dispatchFaults(form)
  return (
    <fieldset className="dispatch-options">
      <legend>{dispatch.options}</legend>
      <TextField
        label={dispatch.queue}
        hint={type.queue === null ? undefined : dispatch.queueDefault(type.queue)}
        value={form.queue}
        maxLength={200}
        onChange={(queue) => onChange({ queue })}
      />
      <TextField
        label={dispatch.priority}
        hint={dispatch.priorityHint}
        fault={faults.priority ? actions.priorityWrong : undefined}
        value={form.priority}
        onChange={(priority) => onChange({ priority })}
      />
      <TextField
        label={dispatch.delay}
        hint={dispatch.delayHint}
        fault={faults.delay ? dispatch.delayWrong : undefined}
        value={form.delay}
        onChange={(delay) => onChange({ delay })}
      />
      <TextField
        label={dispatch.tries}
        fault={faults.tries ? dispatch.triesWrong : undefined}
        value={form.tries}
        inputMode="numeric"
        onChange={(tries) => onChange({ tries })}
      />
    </fieldset>
  )
}
