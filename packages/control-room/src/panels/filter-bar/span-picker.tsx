import { useMessages } from '../../i18n/messages-context.tsx'
import { Picker } from './picker.tsx'
import { readSpan, type TimeSpan, writeSpan } from './time-point.ts'

interface SpanPickerProps {
  readonly label: string
  readonly value: TimeSpan | null
  readonly onChange: (value: TimeSpan | null) => void
}

/** A span of time: usual ones to choose, any other as it was written. */
export function SpanPicker({ label, value, onChange }: SpanPickerProps) {
  const { filter } = useMessages()
  return (
    <Picker
      label={label}
      value={value === null ? null : writeSpan(value)}
      options={Object.entries(filter.spans)}
      onChange={(text) => onChange(text === null ? null : readSpan(text))}
    />
  )
}
