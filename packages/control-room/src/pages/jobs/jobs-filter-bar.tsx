import { useMessages } from '../../i18n/messages-context.tsx'
import { FilterBar } from '../../panels/filter-bar/filter-bar.tsx'
import { Picker } from '../../panels/filter-bar/picker.tsx'
import { SpanPicker } from '../../panels/filter-bar/span-picker.tsx'
import { useKnownNames } from '../../panels/filter-bar/use-known-names.ts'
import { type JobsFilter, writeJobsFilter } from './jobs-filter.ts'

interface JobsFilterBarProps {
  readonly text: string
  readonly filter: JobsFilter
  readonly onChange: (text: string) => void
}

/** The filter of jobs: one text, which the pickers change too. */
export function JobsFilterBar({ text, filter, onChange }: JobsFilterBarProps) {
  const { filter: words } = useMessages()
  const names = useKnownNames()
  const change = (part: Partial<JobsFilter>) => onChange(writeJobsFilter({ ...filter, ...part }))
  return (
    <FilterBar text={text} placeholder={words.placeholder} help={words.helpRows} onChange={onChange}>
      <Picker label={words.queue} value={filter.queue} options={names.queues} onChange={(queue) => change({ queue })} />
      <Picker
        label={words.type}
        value={filter.types.length === 0 ? null : filter.types.join(', ')}
        options={names.types}
        onChange={(type) => change({ types: type === null ? [] : [type] })}
      />
      <SpanPicker label={words.created} value={filter.created} onChange={(created) => change({ created })} />
    </FilterBar>
  )
}
