import { CircleQuestionMark } from 'lucide-react'
import { useId } from 'react'
import { useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import '../../ui/menu.css'

/** How filters are written, behind a button. */
export function FilterHelp({ rows }: { readonly rows: readonly (readonly [example: string, meaning: string])[] }) {
  const { filter } = useMessages()
  const id = useId()
  return (
    <span className="menu">
      <IconButton icon={CircleQuestionMark} label={filter.help} popoverTarget={id} />
      <div id={id} popover="auto" className="menu-list filter-help">
        <h2>{filter.help}</h2>
        <dl>
          {rows.map(([example, meaning]) => (
            <div key={example}>
              <dt className="mono">{example}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </span>
  )
}
