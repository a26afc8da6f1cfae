import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Segments } from '../../ui/segments.tsx'
import { JsonTree } from './json-tree.tsx'
import { jsonKind, writeJson } from './json-value.ts'
import './json-panel.css'
import { saveText } from './save-text.ts'

/** From here on a text is shown by its head only. */
const largestShown = 256 * 1024
const headLength = 16 * 1024

interface JsonPanelProps {
  readonly title: string
  readonly value: unknown
  /** The name of the file it is saved as. */
  readonly fileName: string
}

/** A payload or a result: as a tree or as text, to be copied and saved; of a very large one the head. */
export function JsonPanel({ title, value, fileName }: JsonPanelProps) {
  const { jsonView } = useMessages()
  const [view, setView] = useState<'tree' | 'text'>('tree')
  const text = useMemo(() => writeJson(value), [value])
  const isLarge = text.length > largestShown
  const hasTree = !isLarge && ['object', 'array'].includes(jsonKind(value))
  const tools = (
    <>
      {hasTree ? (
        <Segments
          title={jsonView.view}
          isTitleHidden
          value={view}
          options={[
            ['tree', jsonView.tree],
            ['text', jsonView.text],
          ]}
          onChange={setView}
        />
      ) : null}
      <CopyButton text={text} label={jsonView.copy} />
      <IconButton icon={Download} label={jsonView.download} onClick={() => saveText(text, fileName)} />
    </>
  )
  return (
    <Panel title={title} actions={tools}>
      <div className="json-body">
        {isLarge ? <LargeNote length={text.length} /> : null}
        {hasTree && view === 'tree' ? (
          <div className="json-tree mono">
            <JsonTree value={value} name={null} depth={0} />
          </div>
        ) : (
          <ScrollBox label={title}>{isLarge ? text.slice(0, headLength) : text}</ScrollBox>
        )}
      </div>
    </Panel>
  )
}

function LargeNote({ length }: { readonly length: number }) {
  const { jsonView } = useMessages()
  const format = useFormat()
  return <p className="small muted">{jsonView.large(format.bytes(length), format.bytes(headLength))}</p>
}
