import { RotateCw, TriangleAlert } from 'lucide-react'
import { useMessages } from '../i18n/messages-context.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from './page-header.tsx'

/** Stands in place of a page that could not be drawn, or whose file did not come. */
export function CrashedPage({ error }: { readonly error: unknown }) {
  const { shell } = useMessages()
  const message = error instanceof Error ? error.message : String(error)
  return (
    <>
      <PageHeader title={shell.crashed.title} />
      <div className="page">
        <EmptyState icon={TriangleAlert} title={shell.crashed.title} hint={shell.crashed.text}>
          <CodeBlock code={message} label={shell.details} />
          <Button icon={RotateCw} onClick={() => location.reload()}>
            {shell.gate.reload}
          </Button>
        </EmptyState>
      </div>
    </>
  )
}
