import { useMessages } from '../../i18n/messages-context.tsx'
import { FilterBar } from '../../panels/filter-bar/filter-bar.tsx'
import { Picker } from '../../panels/filter-bar/picker.tsx'
import { SpanPicker } from '../../panels/filter-bar/span-picker.tsx'
import { useKnownNames } from '../../panels/filter-bar/use-known-names.ts'
import { type FailedFilter, writeFailedFilter } from './failed-filter.ts'

interface FailedFilterBarProps {
  readonly text: string
  readonly filter: FailedFilter
  readonly onChange: (text: string) => void
}

/** The filter of failures: one text, which the pickers change too. */
export function FailedFilterBar({ text, filter, onChange }: FailedFilterBarProps) {
  const { filter: words } = useMessages()
  const names = useKnownNames()
  const change = (part: Partial<FailedFilter>) => onChange(writeFailedFilter({ ...filter, ...part }))
  return (
    <FilterBar text={text} placeholder={words.placeholderFailed} help={words.helpFailedRows} onChange={onChange}>
      <Picker label={words.queue} value={filter.queue} options={names.queues} onChange={(queue) => change({ queue })} />
      <Picker label={words.type} value={filter.type} options={names.types} onChange={(type) => change({ type })} />
      <SpanPicker label={words.failed} value={filter.failed} onChange={(failed) => change({ failed })} />
    </FilterBar>
  )
}
