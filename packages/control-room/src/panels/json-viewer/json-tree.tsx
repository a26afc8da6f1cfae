import { useState } from 'react'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { childrenOf, jsonKind, writeJsonLine } from './json-value.ts'

interface JsonTreeProps {
  readonly value: unknown
  /** The name of the field or the position it stands at; null for the whole. */
  readonly name: string | null
  readonly depth: number
}

const pageLength = 100
const openDepth = 2

/** A value of JSON as a tree that opens and closes. */
export function JsonTree({ value, name, depth }: JsonTreeProps) {
  const kind = jsonKind(value)
  if (kind !== 'object' && kind !== 'array') {
    return (
      <div className="json-leaf">
        <JsonName name={name} />
        <span data-kind={kind}>{writeJsonLine(value)}</span>
      </div>
    )
  }
  if (childrenOf(value).length === 0) {
    return (
      <div className="json-leaf">
        <JsonName name={name} />
        <span data-kind="word">{kind === 'array' ? '[]' : '{}'}</span>
      </div>
    )
  }
  return <JsonBranch value={value} name={name} depth={depth} />
}

function JsonBranch({ value, name, depth }: JsonTreeProps) {
  const { jsonView } = useMessages()
  const [isOpen, setOpen] = useState(depth < openDepth)
  const count = childrenOf(value).length
  const size = Array.isArray(value) ? jsonView.items(count) : jsonView.fields(count)
  return (
    <details className="json-branch" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <JsonName name={name} />
        <span className="muted">
          {Array.isArray(value) ? '[' : '{'} {size} {Array.isArray(value) ? ']' : '}'}
        </span>
      </summary>
      {isOpen ? <JsonChildren value={value} depth={depth} /> : null}
    </details>
  )
}

function JsonChildren({ value, depth }: Omit<JsonTreeProps, 'name'>) {
  const { jsonView } = useMessages()
  const [shown, setShown] = useState(pageLength)
  const children = childrenOf(value)
  return (
    <div className="json-children">
      {children.slice(0, shown).map(([key, child]) => (
        <JsonTree key={key} value={child} name={key} depth={depth + 1} />
      ))}
      {children.length > shown ? (
        <Button kind="quiet" onClick={() => setShown(shown + pageLength)}>
          {jsonView.more(Math.min(pageLength, children.length - shown))}
        </Button>
      ) : null}
    </div>
  )
}

function JsonName({ name }: { readonly name: string | null }) {
  return name === null ? null : <span className="json-name">{name}: </span>
}
