import { useMessages } from '../../i18n/messages-context.tsx'

interface PickerProps {
  readonly label: string
  /** null = any. */
  readonly value: string | null
  readonly options: readonly (readonly [value: string, word: string])[]
  readonly onChange: (value: string | null) => void
}

/** One field of a filter, chosen from a list; a value that is not in the list stands there too. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  const { filter } = useMessages()
  const isListed = value === null || options.some(([option]) => option === value)
  return (
    <label className="picker" data-active={value === null ? undefined : ''}>
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? null : target.value)}>
        <option value="">{filter.any}</option>
        {isListed ? null : <option value={value}>{value}</option>}
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}
