import { Copy } from 'lucide-react'
import { useId, useRef } from 'react'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useApi } from '../../api/api-context.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { writeJsonLine } from '../../panels/json-viewer/json-value.ts'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { showToast } from '../../ui/toasts.ts'
import '../../ui/menu.css'
import { codeForms, exportCode } from './code-export.ts'
import { payloadGap } from './payload-gap.ts'

/** Copies the job as code that dispatches such a job again. */
export function CopyMenu({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  const { shell } = useMessages()
  const { client } = useApi()
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const isMissing = payloadGap(job) !== null
  const copy = async (form: (typeof codeForms)[number]) => {
    const apiUrl = new URL(client.address(''), window.location.href).href
    const code = exportCode({ ...job, payload: writeJsonLine(job.payload) }, form, apiUrl)
    menu.current?.hidePopover()
    const isCopied = await copyText(code)
    showToast(isCopied ? { kind: 'done', text: shell.copied } : { kind: 'problem', text: shell.copyFailed })
  }
  return (
    <span className="menu">
      <Button
        icon={Copy}
        popoverTarget={id}
        disabled={isMissing}
        title={isMissing ? words.copyNeedsPayload : undefined}
      >
        {words.copyAs}
      </Button>
      <div ref={menu} id={id} popover="auto" className="menu-list">
        {codeForms.map((form) => (
          <button key={form} type="button" onClick={() => void copy(form)}>
            {words.forms[form]}
          </button>
        ))}
      </div>
    </span>
  )
}
