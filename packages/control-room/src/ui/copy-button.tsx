import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../i18n/messages-context.tsx'
import { IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'
import { showToast } from './toasts.ts'

const SHOWN_MS = 1_500

/** Copies a text; says so for a moment, and says why when it cannot. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { shell } = useMessages()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    if (!(await copyText(text))) return showToast({ kind: 'problem', text: shell.copyFailed })
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <>
      <IconButton icon={isCopied ? Check : Copy} label={label ?? shell.copy} onClick={() => void copy()} />
      <span className="unseen" aria-live="polite">
        {isCopied ? shell.copied : ''}
      </span>
    </>
  )
}
