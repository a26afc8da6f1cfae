import { Filter, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { FilterHelp } from './filter-help.tsx'
import './filter-bar.css'

interface FilterBarProps {
  /** The filter as text, as the address has it. */
  readonly text: string
  readonly placeholder: string
  /** Examples with what they mean. */
  readonly help: readonly (readonly [example: string, meaning: string])[]
  readonly onChange: (text: string) => void
  /** Pickers that change the same text. */
  readonly children?: ReactNode
}

/** The filter of a list: as a text, and by pickers beside it. Enter takes the text over. */
export function FilterBar({ text, placeholder, help, onChange, children }: FilterBarProps) {
  const { filter } = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(text)
  useEffect(() => setDraft(text), [text])
  const commit = () => {
    if (draft.trim() !== text) onChange(draft.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setDraft(text)
  }
  const clear = () => {
    setDraft('')
    onChange('')
    input.current?.focus()
  }
  return (
    <search className="filter-bar">
      <div className="filter-text">
        <Filter size={14} aria-hidden="true" />
        <input
          ref={input}
          data-filter
          className="field mono"
          aria-label={filter.label}
          aria-keyshortcuts="/"
          placeholder={placeholder}
          value={draft}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={2_000}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={commit}
        />
        {draft === '' ? <span className="filter-key" /> : <IconButton icon={X} label={filter.clear} onClick={clear} />}
      </div>
      <FilterHelp rows={help} />
      {children}
    </search>
  )
}
